import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ensureAgentOsFolder } from '../../../platform/files/index.ts';

/**
 * Makes the folder of the index, `.agent-os/.cache`, where it is missing, with what keeps it out of git; never the project
 * around it: one that was deleted under a running server stays deleted. Errors: those of the system, `files.*`.
 */
export async function makeCacheFolder(folder: string): Promise<void> {
  const around = path.dirname(folder);
  if (path.basename(around) === '.agent-os') await ensureAgentOsFolder(path.dirname(around));
  else await makeFolder(around);
  await makeFolder(folder);
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}
