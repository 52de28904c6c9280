import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { openProjectFiles, pathFrom } from '../../../platform/files/index.ts';

/** Where a person stands, and in which project. */
interface Place {
  /** Real path of the project's root. */
  root: string;
  cwd: string;
}

/**
 * What a person names is meant from the folder where they stand, then from the project's root, from which operations read
 * it. `.` for the root itself, and for a folder outside the project.
 */
async function folderOf({ root, cwd }: Place): Promise<string> {
  const folder = relative(root, await realpath(cwd).catch(() => cwd))
    .split(sep)
    .join('/');
  return folder === '' || /^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(folder) ? '.' : folder;
}

/** Errors: `files.outside_project`. */
export async function taskFromHere(task: string, place: Place): Promise<string> {
  const folder = await folderOf(place);
  if (folder === '.') return task;
  const { taskFromFolder } = await import('../../../capabilities/work/index.ts');
  return taskFromFolder(task, await openProjectFiles(place), folder);
}

/** A text that is no diff stays as it is. */
export async function diffFromHere(text: string, place: Place): Promise<string> {
  const folder = await folderOf(place);
  if (folder === '.') return text;
  const { diffFromFolder, isDiff } = await import('../../../capabilities/checks/index.ts');
  return isDiff(text) ? diffFromFolder(text, await openProjectFiles(place), folder) : text;
}

export function pathsFromHere(paths: readonly string[], { root, cwd }: Place): Promise<string[]> {
  return Promise.all(paths.map((path) => pathFrom(root, cwd, path)));
}
