import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { leadsInto } from '../files/index.ts';

/** Where git is, and the search path it may see. */
export interface GitProgram {
  file: string;
  searchPath: string;
}

/**
 * Finds git on the PATH. Entries that are relative or lead into the project are left out, and so is a git that does: a
 * project could bring its own, and Windows would even look into the current folder first. `undefined` when there is none.
 */
export function findGit(env: NodeJS.ProcessEnv, root: string): GitProgram | undefined {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  const folders = searchPathOf(env)
    .split(path.delimiter)
    .map((entry) => entry.replace(/^"(.*)"$/, '$1'))
    .filter((folder) => path.isAbsolute(folder) && !leadsInto(root, folder));
  const file = folders
    .map((folder) => path.join(folder, name))
    .find((candidate) => isProgram(candidate) && !leadsInto(root, candidate));
  return file === undefined ? undefined : { file, searchPath: folders.join(path.delimiter) };
}

// Windows spells it `Path`; only the process's own environment ignores the case.
function searchPathOf(env: NodeJS.ProcessEnv): string {
  const name = Object.keys(env).find(
    (key) => (process.platform === 'win32' ? key.toUpperCase() : key) === 'PATH',
  );
  return (name === undefined ? undefined : env[name]) ?? '';
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
