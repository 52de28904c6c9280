import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { contains, readRegularFile } from '../files/index.ts';
import { gitErrors } from './errors.ts';

/** Files and folders of a repository that say what its history is, beside the objects themselves. */
const pointers = ['HEAD', 'index', 'packed-refs', 'refs', 'reftable', 'logs', 'shallow'];
/** A list of alternates has a line for each. */
const maxAlternatesBytes = 1_000_000;

/**
 * Where a repository takes history from that is not its own: a link in it that leads out of it, or an object folder of
 * another one that it names. `undefined` when all is its own. `gitDir` and `commonDir` are real paths.
 *
 * Of the objects nothing may be a link, since a link to a link would lead out in two steps; without foreign objects a
 * foreign name of a commit shows nothing. Errors: `git.failed` for a folder of it that cannot be looked into.
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

/**
 * Links in a folder that count. Git goes through a folder that cannot be listed, where it knows the names below: of such
 * a one nothing can be said, nor of the rest by leaving it out.
 */
async function linksIn(
  folder: string,
  counts: (name: string) => boolean,
  recursive = false,
): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    const reason = `${folder} cannot be looked into (${code})`;
    throw gitErrors.make('git.failed', { command: 'rev-parse', reason }, { cause: error });
  });
  const links = entries.filter((entry) => entry.isSymbolicLink() && counts(entry.name));
  const folders = recursive ? entries.filter((entry) => entry.isDirectory()) : [];
  const below = await Promise.all(
    folders.map((entry) => linksIn(path.join(folder, entry.name), counts, true)),
  );
  return [...links.map((entry) => path.join(folder, entry.name)), ...below.flat()];
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
