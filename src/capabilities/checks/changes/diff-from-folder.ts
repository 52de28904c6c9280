import { posix } from 'node:path';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import { diffBelow, lookUpPaths } from '../../../platform/git/index.ts';
import { changedFile } from './changed-file.ts';
import { changesHere, isFile } from './changes-here.ts';

/**
 * A diff as it reads from the project's root, where somebody gives it in a folder below it: `git diff --relative` prints
 * paths from there, `git diff` from the root. Its paths are read from the folder unless more of them fit the files from
 * the root. `folder` is relative to the root, with forward slashes.
 */
export async function diffFromFolder(diff: string, files: ProjectFiles, folder: string): Promise<string> {
  if (folder === '.') return diff;
  const isThere = await lookUpPaths(diff, (path) => isFile(posix.join(folder, path), files));
  const below = diffBelow(diff, folder, isThere);
  const fromFolder = await fitOf(below, files);
  return fromFolder > 0 && fromFolder >= (await fitOf(diff, files)) ? below : diff;
}

/** How well the files of a diff fit those here; a file that it makes says little, and nothing without its folder. */
async function fitOf(diff: string, files: ProjectFiles): Promise<number> {
  let fit = 0;
  for (const [file, change] of await changesHere(diff, files)) {
    const { state } = await changedFile(file, change, files);
    if (state === 'other') continue;
    if (change.oldPath !== undefined || state === 'applied') fit += 2;
    else if (await isThere(posix.dirname(file), files)) fit += 1;
  }
  return fit;
}

const isThere = (folder: string, files: ProjectFiles) =>
  files.resolve(folder).then(
    () => true,
    () => false,
  );
