import { namesOf } from './patch-names.ts';
import { pathsOf, type IsThere, type PatchPaths } from './patch-paths.ts';
import type { PatchText } from './patch-text.ts';
import { patchTextsOf } from './unified-diff.ts';

/** What one patch does to one file. */
export interface FilePatch extends PatchText, PatchPaths {}

/** The patches of a diff, in its order, by the paths that they are for. `isThere` says which paths the project has. */
export function filePatchesOf(diff: string, isThere: IsThere): FilePatch[] {
  const texts = patchTextsOf(diff);
  const paths = pathsOf(texts.map(namesOf), isThere);
  return texts.map((text, index) => ({ ...text, ...paths[index]! }));
}

/** Rounds of looking up: one decides what the next asks, and most diffs are of one make. */
const maxRounds = 5;

/** Looks up which files are there of those that the names in a diff can mean, as far as it takes to tell. */
export async function lookUpPaths(
  diff: string,
  isFile: (path: string) => Promise<boolean>,
): Promise<IsThere> {
  const answers = new Map<string, boolean>();
  for (let round = 0; round < maxRounds; round += 1) {
    const asked = new Set<string>();
    filePatchesOf(diff, (path) => {
      if (!answers.has(path)) asked.add(path);
      return answers.get(path) ?? false;
    });
    if (asked.size === 0) break;
    for (const path of asked) answers.set(path, await isFile(path));
  }
  return (path) => answers.get(path) ?? false;
}
