import type { ProjectFiles } from '../../../platform/files/index.ts';
import { fileChangesOf, lookUpPaths, type FileChange } from '../../../platform/git/index.ts';

/** What a diff does to the files of a project, by their paths, whatever prefixes it was made with. */
export async function changesHere(diff: string, files: ProjectFiles): Promise<Map<string, FileChange>> {
  return fileChangesOf(diff, await lookUpPaths(diff, (path) => isFile(path, files)));
}

export const isFile = (path: string, files: ProjectFiles): Promise<boolean> =>
  files.resolve(path).then(
    ({ kind }) => kind === 'file',
    () => false,
  );
