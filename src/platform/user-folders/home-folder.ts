import { homedir } from 'node:os';
import { userFolderErrors } from './errors.ts';

/** The user's home folder, absolute. Errors: `user.no_home`, as in a container that runs under a number of its own. */
export function homeFolder(): string {
  try {
    return homedir();
  } catch (cause) {
    throw userFolderErrors.make('user.no_home', {}, { cause });
  }
}
