import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { filesErrors } from './errors.ts';

/**
 * The real path of the project's root: `project` when given, else the nearest folder upwards from `cwd` that holds
 * `.agent-os/` or `.git`, else `cwd`.
 *
 * Guarantee: never the home folder, nor a file system's root; the search upwards stops before them.
 * Errors: `files.no_project`, `files.not_found` and `files.not_a_folder` for `project`.
 */
export async function findProjectRoot(options: {
  cwd: string;
  project?: string;
  home: string;
}): Promise<string> {
  const home = await realpath(options.home).catch(() => path.resolve(options.home));
  const refusal = (folder: string) =>
    folder === home
      ? 'the home folder'
      : path.dirname(folder) === folder
        ? "the file system's root"
        : undefined;

  const start = await realFolder(
    path.resolve(options.cwd, options.project ?? '.'),
    options.project ?? options.cwd,
  );
  const found =
    options.project === undefined ? await nearestMarked(start, (f) => refusal(f) !== undefined) : start;
  const root = found ?? start;
  const reason = refusal(root);
  if (reason !== undefined) throw filesErrors.make('files.no_project', { folder: root, reason });
  return root;
}

async function realFolder(folder: string, asNamed: string): Promise<string> {
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined) throw filesErrors.make('files.not_found', { path: asNamed });
  if (!(await stat(real)).isDirectory()) throw filesErrors.make('files.not_a_folder', { path: asNamed });
  return real;
}

async function nearestMarked(
  start: string,
  stopsAt: (folder: string) => boolean,
): Promise<string | undefined> {
  for (let folder = start; !stopsAt(folder); folder = path.dirname(folder)) {
    const [agentOs, git] = await Promise.all(
      ['.agent-os', '.git'].map((name) => stat(path.join(folder, name)).catch(() => undefined)),
    );
    // `.git` is a file in linked worktrees and submodules.
    if (agentOs?.isDirectory() || git !== undefined) return folder;
  }
  return undefined;
}
