import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { contains } from './contains.ts';
import { filesErrors } from './errors.ts';
import { isMissing, systemCode } from './system-error.ts';

const maxLinks = 40;

/** A path as people see it: relative to the root, forward slashes, `.` for the root itself. */
export function shownPath(root: string, absolute: string): string {
  const relative = path.relative(root, absolute);
  return relative === '' ? '.' : relative.split(path.sep).join('/');
}

/**
 * The real place of a path, proven to be inside the root after all links.
 *
 * `requested` is absolute or relative to the root. `root` is a real path.
 * What is outside gives the same error whether it exists or not, so nothing can be learnt about it.
 * Errors: `files.bad_path`, `files.outside_project`, `files.not_found`, `files.not_a_file`, `files.unreadable`,
 * `files.project_gone`.
 */
export async function resolveInside(root: string, requested: string) {
  refuseUnusable(requested);
  const named = path.resolve(root, requested);
  const outside = () => filesErrors.make('files.outside_project', { path: requested });
  let real: string;
  try {
    real = await realpath(named);
  } catch (error) {
    await assertProjectThere(root);
    if (!(await placeIsInside(root, named))) throw outside();
    if (isMissing(error)) throw filesErrors.make('files.not_found', { path: shownPath(root, named) });
    throw unreadable(shownPath(root, named), error);
  }
  if (!contains(root, real)) throw outside();
  const facts = await stat(real).catch((error: unknown) => {
    throw unreadable(shownPath(root, real), error);
  });
  const relative = shownPath(root, real);
  if (facts.isDirectory()) return { absolute: real, relative, kind: 'directory' as const };
  if (facts.isFile()) return { absolute: real, relative, kind: 'file' as const };
  throw filesErrors.make('files.not_a_file', { path: relative });
}

/** A project can be moved or deleted while a server works in it. `root` is a real path. Errors: `files.project_gone`. */
export async function assertProjectThere(root: string): Promise<void> {
  await lstat(root).catch((error: unknown) => {
    if (isMissing(error)) throw filesErrors.make('files.project_gone', { folder: root }, { cause: error });
  });
}

/** Whether something that does not exist, or cannot be reached, would be inside the root if it did. */
export async function placeIsInside(root: string, named: string): Promise<boolean> {
  let place = named;
  for (let links = 0; links < maxLinks;) {
    const facts = await lstat(place).catch(() => undefined);
    if (facts === undefined) {
      const parent = path.dirname(place);
      if (parent === place) return false;
      place = parent;
    } else if (facts.isSymbolicLink()) {
      links += 1;
      const folder = await realpath(path.dirname(place));
      place = path.resolve(folder, await readlink(place));
    } else {
      return contains(root, await realpath(place));
    }
  }
  return contains(root, named);
}

function refuseUnusable(requested: string): void {
  const refuse = (reason: string) =>
    filesErrors.make('files.bad_path', { path: requested.slice(0, 200), reason });
  if (requested === '') throw refuse('it is empty');
  if (requested.includes('\0')) throw refuse('it holds a NUL character');
  if (requested.length > 4096) throw refuse('it is longer than 4,096 characters');
  const afterDrive = requested.replace(/^[A-Za-z]:(?=[\\/])/, '');
  // On Windows "file:stream" names a hidden second content of a file, and "C:file" depends on the process.
  if (process.platform === 'win32' && afterDrive.includes(':')) throw refuse('it holds a colon');
}

function unreadable(shown: string, error: unknown) {
  return filesErrors.make(
    'files.unreadable',
    { path: shown, reason: systemCode(error) ?? 'unknown' },
    { cause: error },
  );
}
