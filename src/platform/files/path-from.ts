import path from 'node:path';
import { isAppError } from '../../kernel/index.ts';
import { resolveInside, shownPath } from './confinement.ts';

/**
 * A path as somebody means it who stands in a folder: looked for from there first, then from the root. Resolves to the
 * path relative to the root, with forward slashes. What is found nowhere stays as it was given, unless it begins with
 * `./` or `../`, which say where it should be; so does what leads out, for the caller to refuse.
 * `root` and `folder` are absolute, `root` a real path.
 */
export async function pathFrom(root: string, folder: string, given: string): Promise<string> {
  const fromFolder = path.resolve(folder, given.replaceAll('\\', '/'));
  const found = (await relativeOf(root, fromFolder)) ?? (await relativeOf(root, given));
  if (found !== undefined) return found;
  const shown = shownPath(root, fromFolder);
  return /^\.{1,2}[\\/]/.test(given) && !/^\.\.(?:\/|$)/.test(shown) ? shown : given;
}

async function relativeOf(root: string, place: string): Promise<string | undefined> {
  try {
    return (await resolveInside(root, place)).relative;
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}
