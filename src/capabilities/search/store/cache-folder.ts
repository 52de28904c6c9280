import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes the folder of the index, `.agent-os/.cache`, where it is missing; never the project around it: one that was deleted
 * under a running server stays deleted. Errors: those of the system.
 */
export async function makeCacheFolder(folder: string): Promise<void> {
  for (const one of [path.dirname(folder), folder]) {
    await mkdir(one).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
}
