import { filesErrors } from '../files/index.ts';
import { changedFiles, maxListedLength, untrackedFiles, type ChangedFile } from './changed-files.ts';
import { diffFlags } from './diff-flags.ts';
import { gitErrors } from './errors.ts';
import { openRepository, type RepositoryOptions } from './open-repository.ts';
import { runGit, unexpectedExit, type GitContext } from './run-git.ts';

export interface GitDiffOptions extends RepositoryOptions {
  /** A revision: what changed since the branches parted, uncommitted changes included. Default: the last commit. */
  base?: string;
  /** Only what is staged. Default false. */
  staged?: boolean;
  /** Files and folders relative to the root, forward slashes; all below the root when left out or empty. */
  paths?: readonly string[];
  /** Most bytes of `diff`. */
  maxBytes: number;
  /** Whether a path may be shown; what may not is withheld and named. */
  isReadable?: (path: string) => boolean;
}

/** What differs from the commit compared with; cuts and withheld files are said. */
export interface GitDiff {
  /** Unified diff, paths relative to the root; cut after a whole line. */
  diff: string;
  truncated: boolean;
  /** The commit compared with, as a hash; the empty tree's before the first commit. */
  comparedWith: string;
  /** Every changed file, also of the part that was cut. */
  files: ChangedFile[];
  /** Changed files that may not be shown. */
  withheld: string[];
  /** Files git does not know yet; a diff does not show them. */
  untracked: string[];
  /** The limit of names, bytes, when there are more untracked files than it has room for; the rest is not named. */
  untrackedCutAtBytes: number | undefined;
}

/**
 * What changed in the project, by the machine's git.
 *
 * Guarantee: runs no program but git itself, whatever the repository's configuration, attributes and hooks name; reads
 * nothing outside the root; writes nothing; reaches no network.
 * Errors: `git.not_installed`, `git.not_a_repository`, `git.foreign_repository`, `git.dubious_owner`,
 * `git.unknown_revision`, `git.too_many_names`, `git.timed_out`, `git.failed`, `files.outside_project` for `paths`.
 */
export async function gitDiff(options: GitDiffOptions): Promise<GitDiff> {
  const { staged = false, maxBytes, isReadable = () => true } = options;
  const pathspecs = literalPathspecs(options.paths ?? []);
  const context = await openRepository({ ...options, hookIndex: staged });
  const range = await diffRange(context, options);

  const changed = await changedFiles(context, range, pathspecs);
  const mayShow = (file: ChangedFile) =>
    isReadable(file.path) && (file.oldPath === undefined || isReadable(file.oldPath));
  const withheld = changed.filter((file) => !mayShow(file));
  const excluded = withheld.flatMap((file) => [
    file.path,
    ...(file.oldPath === undefined ? [] : [file.oldPath]),
  ]);
  const exclusions = excluded.map((path) => `:(exclude,literal)${path}`);
  if (exclusions.join('').length > maxListedLength) {
    throw gitErrors.make('git.failed', {
      command: 'diff',
      reason: `${excluded.length} ignored files changed; name paths`,
    });
  }
  const { untracked, cutAtBytes } = staged
    ? { untracked: [], cutAtBytes: undefined }
    : await untrackedFiles(context, pathspecs);
  const patch = await runGit(
    context,
    [...diffFlags, '--patch', ...range, '--', ...pathspecs, ...exclusions],
    maxBytes,
  );
  if (patch.exitCode !== 0) throw unexpectedExit('diff', patch);
  return {
    diff: wholeLines(patch.stdout, patch.truncated),
    truncated: patch.truncated,
    comparedWith: range.at(-1)!,
    files: changed.filter(mayShow),
    withheld: withheld.map((file) => file.path),
    untracked: untracked.filter(isReadable),
    untrackedCutAtBytes: cutAtBytes,
  };
}

/** The arguments that say what is compared with what; the last is the commit, as a hash. */
export async function diffRange(
  context: GitContext,
  { base, staged = false }: Pick<GitDiffOptions, 'base' | 'staged'>,
): Promise<string[]> {
  return [...(staged ? ['--cached'] : []), await startOfDiff(context, base)];
}

/** Paths as git takes them by the letter. Errors: `files.outside_project`. */
export function literalPathspecs(paths: readonly string[]): string[] {
  const specs = paths.map((path) => {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || parts.includes('..') || path.includes('\0')) {
      throw filesErrors.make('files.outside_project', { path });
    }
    return parts.length === 0 ? '.' : `:(literal)${parts.join('/')}`;
  });
  return specs.length === 0 ? ['.'] : specs;
}

async function startOfDiff(context: GitContext, base: string | undefined): Promise<string> {
  const head = await commitOf(context, 'HEAD');
  if (base === undefined || base === 'HEAD') return head ?? emptyTree(context);
  const commit = await commitOf(context, base);
  if (commit === undefined) throw gitErrors.make('git.unknown_revision', { revision: base.slice(0, 200) });
  if (head === undefined) return commit;
  const common = await runGit(context, ['merge-base', commit, head]);
  return common.exitCode === 0 ? common.stdout.toString().trim() : commit;
}

async function commitOf(context: GitContext, revision: string): Promise<string | undefined> {
  if (revision.includes('\0')) return undefined;
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const { exitCode, stdout } = await runGit(context, args);
  return exitCode === 0 ? stdout.toString().trim() : undefined;
}

async function emptyTree(context: GitContext): Promise<string> {
  const output = await runGit(context, ['hash-object', '-t', 'tree', '--stdin']);
  if (output.exitCode !== 0) throw unexpectedExit('hash-object', output);
  return output.stdout.toString().trim();
}

function wholeLines(bytes: Buffer, truncated: boolean): string {
  const end = truncated ? bytes.lastIndexOf(0x0a) + 1 : bytes.length;
  return bytes.toString('utf8', 0, end);
}
