import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from './system-error.ts';

/**
 * Why nothing can be written in a folder, or why it cannot be made: the system's code; `undefined` where nothing speaks
 * against it. Makes nothing. On Windows only what is said of whole disks is seen, not the rights on a folder.
 */
export async function whyNotWritable(folder: string): Promise<string | undefined> {
  for (let place = folder; ; place = path.dirname(place)) {
    try {
      await access(place, constants.W_OK);
      return undefined;
    } catch (error) {
      const code = systemCode(error) ?? 'unknown';
      if (code !== 'ENOENT' || path.dirname(place) === place) return code;
    }
  }
}
