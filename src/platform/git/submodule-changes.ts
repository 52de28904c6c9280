import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { isAppError } from '../../kernel/index.ts';
import { isBelow, resolveInside } from '../files/index.ts';
import { gitDiff } from './git-diff.ts';
import { openRepository, type RepositoryOptions } from './open-repository.ts';
import { runGit, type GitContext } from './run-git.ts';

/** Most submodules that are looked into. */
const maxSubmodules = 20;

/** A submodule with changes of its own; paths relative to the project's root, forward slashes. */
export interface SubmoduleChanges {
  path: string;
  /** Files that differ from its last commit, and new ones; none where `isReadable` withholds them all. */
  files: string[];
}

/**
 * Submodules below the root whose files differ from their own last commit: a diff of the project shows only which commit
 * of theirs it uses. Each is looked into as a repository of its own, as safely as the project. Those that are not checked
 * out have no files; `unseen` are those that cannot be looked into, or are too many.
 * Errors: as `openRepository`, for the project itself.
 */
export async function submoduleChanges(
  options: RepositoryOptions & { paths: readonly string[]; isReadable: (path: string) => boolean },
): Promise<{ changed: SubmoduleChanges[]; unseen: string[] }> {
  const { root, paths, isReadable } = options;
  const context = await openRepository(options);
  const all = await submodulesOf(context);
  const asked = all.filter(
    (submodule) => isBelow(submodule, paths) || paths.some((place) => isBelow(place, [submodule])),
  );
  const changed: SubmoduleChanges[] = [];
  const unseen = asked.slice(maxSubmodules);
  for (const submodule of asked.slice(0, maxSubmodules)) {
    try {
      const place = await resolveInside(root, submodule);
      if (!(await isCheckedOut(place.absolute))) continue;
      const { files, untracked, withheld } = await gitDiff({
        ...options,
        root: place.absolute,
        paths: [],
        maxBytes: 1,
        isReadable: (file) => isReadable(`${submodule}/${file}`),
      });
      const own = [...files.map((file) => file.path), ...untracked].map((file) => `${submodule}/${file}`);
      if (own.length + withheld.length > 0) changed.push({ path: submodule, files: own });
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!isAppError(error)) throw error;
      if (error.code !== 'files.not_found') unseen.push(submodule);
    }
  }
  return { changed, unseen };
}

/** Paths of the submodules below the root, as the index has them; looking runs nothing in them. */
async function submodulesOf(context: GitContext): Promise<string[]> {
  const named = await runGit(context, [
    'config',
    '--blob',
    ':.gitmodules',
    '-z',
    '--get-regexp',
    '^submodule\\..*\\.path$',
  ]);
  // There is no such file, or it says nothing.
  if (named.exitCode !== 0) return [];
  const { stdout } = await runGit(context, ['rev-parse', '--show-prefix']);
  const prefix = stdout.toString().replace(/\n$/, '');
  return named.stdout
    .toString()
    .split('\0')
    .filter((entry) => entry.includes('\n'))
    .map((entry) => path.posix.normalize(entry.slice(entry.indexOf('\n') + 1)))
    .filter((place) => place.startsWith(prefix) && place.length > prefix.length)
    .map((place) => place.slice(prefix.length).replace(/\/$/, ''));
}

/** Without `.git` of its own git would look at the project instead. */
async function isCheckedOut(folder: string): Promise<boolean> {
  return lstat(path.join(folder, '.git')).then(
    () => true,
    () => false,
  );
}
