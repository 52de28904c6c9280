import { literalPathspecs } from './git-diff.ts';
import { openRepository, type RepositoryOptions } from './open-repository.ts';
import { runGit, unexpectedExit } from './run-git.ts';

/** Room for their names, bytes. */
const maxNamesBytes = 400_000;

/**
 * Files that git tracks although an ignore rule of git names them, as `git add -f` makes them: git does not ignore those.
 * Paths relative to the root, forward slashes; `paths` as in `gitDiff`. `truncated` where there is no room for all.
 * Errors: as `openRepository`; `files.outside_project` for `paths`.
 */
export async function trackedThoughIgnored(
  options: RepositoryOptions & { paths: readonly string[] },
): Promise<{ files: string[]; truncated: boolean }> {
  const context = await openRepository(options);
  const pathspecs = literalPathspecs(options.paths);
  const args = ['ls-files', '--cached', '--ignored', '--exclude-standard', '-z', '--', ...pathspecs];
  const { exitCode, stdout, stderr, truncated } = await runGit(context, args, maxNamesBytes);
  if (exitCode !== 0) throw unexpectedExit('ls-files', { exitCode, stderr });
  // Every name ends with a NUL: what is behind the last one is a part of a name.
  return { files: stdout.toString().split('\0').slice(0, -1), truncated };
}
