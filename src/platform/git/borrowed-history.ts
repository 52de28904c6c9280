import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { contains, readRegularFile } from '../files/index.ts';

/** Files and folders of a repository that say what its history is, beside the objects themselves. */
const pointers = ['HEAD', 'index', 'packed-refs', 'refs', 'reftable', 'logs', 'shallow'];
/** A list of alternates has a line for each. */
const maxAlternatesBytes = 1_000_000;

/**
 * Where a repository takes history from that is not its own: a link in it that leads out of it, or an object folder of
 * another one that it names. `undefined` when all is its own. `gitDir` and `commonDir` are real paths.
 *
 * Of the objects nothing may be a link, since a link to a link would lead out in two steps; without foreign objects a
 * foreign name of a commit shows nothing.
 */
export async function borrowedHistory(gitDir: string, commonDir: string): Promise<string | undefined> {
  const folders = new Set([gitDir, commonDir]);
  for (const folder of folders) {
    const objects = path.join(folder, 'objects');
    const found =
      (await firstLink(folder, (name) => name === 'objects')) ??
      (await firstLink(objects, () => true, true)) ??
      alternatesOf(objects);
    if (found !== undefined) return found;
    const isPointer = (name: string) => pointers.includes(name) || name.startsWith('sharedindex.');
    for (const pointer of [
      ...(await linksIn(folder, isPointer)),
      ...(await linksIn(path.join(folder, 'refs'), () => true, true)),
    ]) {
      const real = await realpath(pointer).catch(() => undefined);
      if (real === undefined || ![...folders].some((own) => contains(own, real))) return real ?? pointer;
    }
  }
  return undefined;
}

async function firstLink(folder: string, counts: (name: string) => boolean, recursive = false) {
  const [link] = await linksIn(folder, counts, recursive);
  return link === undefined ? undefined : await realpath(link).catch(() => link);
}

/** Links in a folder that counts; what cannot be read here cannot be read by git either. */
async function linksIn(folder: string, counts: (name: string) => boolean, recursive = false) {
  const entries = await readdir(folder, { withFileTypes: true, recursive }).catch(() => []);
  return entries
    .filter((entry) => entry.isSymbolicLink() && counts(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** The first object folder that git is told to look into as well. */
function alternatesOf(objects: string): string | undefined {
  const file = path.join(objects, 'info', 'alternates');
  const content = readRegularFile(file, maxAlternatesBytes);
  if (content.kind === 'unreadable') return undefined;
  if (content.kind !== 'text') return file;
  return content.bytes
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('#'));
}
