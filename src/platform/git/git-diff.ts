import { filesErrors } from '../files/index.ts';
import { gitErrors } from './errors.ts';
import { filePatchesOf } from './file-patches.ts';
import { openRepository, type RepositoryOptions } from './open-repository.ts';
import { runGit, unexpectedExit, type GitContext } from './run-git.ts';

// No configured program, colour, prefix or context takes part; paths are relative to the root, and only those below it.
const diffFlags = [
  'diff',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--unified=3',
  '--find-renames',
  '--relative',
  // Looking into a submodule would run git there, under its own configuration.
  '--submodule=short',
  '--ignore-submodules=dirty',
];
/** Room for names on a command line, characters. */
const maxListedLength = 20_000;
/** Room for the names of changed files, and for those of new ones, bytes. */
const maxNamesBytes = 4_000_000;

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

/** One file that differs; paths relative to the root, forward slashes. */
export interface ChangedFile {
  status: 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type-changed' | 'unmerged';
  path: string;
  /** Where it was, for renamed and copied files. */
  oldPath?: string;
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

const statusNames: Record<string, ChangedFile['status']> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'type-changed',
  U: 'unmerged',
};

async function changedFiles(
  context: GitContext,
  range: readonly string[],
  pathspecs: readonly string[],
): Promise<ChangedFile[]> {
  const args = [...diffFlags, '--name-status', '-z', ...range, '--', ...pathspecs];
  const output = await runGit(context, args, maxNamesBytes);
  if (output.exitCode !== 0) throw unexpectedExit('diff', output);
  if (output.truncated)
    throw gitErrors.make('git.too_many_names', { what: 'changed', limitBytes: maxNamesBytes });
  const fields = output.stdout.toString().split('\0');
  const files: ChangedFile[] = [];
  for (let index = 0; index + 1 < fields.length;) {
    const status = statusNames[fields[index]![0] ?? ''] ?? 'modified';
    const moved = status === 'renamed' || status === 'copied';
    const path = fields[index + (moved ? 2 : 1)] ?? '';
    files.push(moved ? { status, path, oldPath: fields[index + 1] ?? '' } : { status, path });
    index += moved ? 3 : 2;
  }
  const modified = new Set(files.flatMap(({ status, path }) => (status === 'modified' ? path : [])));
  if (range.includes('--cached') || modified.size === 0) return files;
  const differing = await differingPaths(context, range, pathspecs, modified);
  return files.filter(({ path }) => !modified.has(path) || differing.has(path));
}

/**
 * Of files that git names as modified, those whose content or mode differs. Since git may not refresh the index, it
 * names some that were only written again; counting lines, it looks into them. Of binary ones it counts none: their diff
 * is short, and says it.
 */
async function differingPaths(
  context: GitContext,
  range: readonly string[],
  pathspecs: readonly string[],
  modified: ReadonlySet<string>,
): Promise<Set<string>> {
  const args = [...diffFlags, '--no-renames', '--numstat', '-z', ...range, '--', ...pathspecs];
  const output = await runGit(context, args, 4 * maxNamesBytes);
  if (output.exitCode !== 0) throw unexpectedExit('diff', output);
  if (output.truncated)
    throw gitErrors.make('git.too_many_names', { what: 'changed', limitBytes: maxNamesBytes });
  const differing = new Set<string>();
  const binary: string[] = [];
  for (const line of output.stdout.toString().split('\0').slice(0, -1)) {
    const path = line.replace(/^[^\t]*\t[^\t]*\t/, '');
    if (!line.startsWith('-')) differing.add(path);
    else if (modified.has(path)) binary.push(path);
  }
  for (const some of inShortLists(binary)) {
    const specs = some.map((path) => `:(literal)${path}`);
    const shown = await runGit(context, [...diffFlags, '--no-renames', '--patch', ...range, '--', ...specs]);
    if (shown.exitCode !== 0) throw unexpectedExit('diff', shown);
    for (const { oldPath, newPath } of filePatchesOf(shown.stdout.toString(), () => false))
      differing.add(newPath ?? oldPath ?? '');
  }
  return differing;
}

/** Names in lists that fit on a command line. */
function inShortLists(names: readonly string[]): string[][] {
  const lists: string[][] = [];
  let room = 0;
  for (const name of names) {
    if (room < name.length) {
      lists.push([]);
      room = maxListedLength;
    }
    lists.at(-1)!.push(name);
    room -= name.length + ':(literal) '.length;
  }
  return lists;
}

async function untrackedFiles(context: GitContext, pathspecs: readonly string[]) {
  const args = ['ls-files', '--others', '--exclude-standard', '-z', '--', ...pathspecs];
  const { exitCode, stdout, stderr, truncated } = await runGit(context, args, maxNamesBytes);
  if (exitCode !== 0) throw unexpectedExit('ls-files', { exitCode, stderr });
  // Every name ends with a NUL: what is behind the last one is a part of a name.
  const untracked = stdout.toString().split('\0').slice(0, -1);
  return { untracked, cutAtBytes: truncated ? maxNamesBytes : undefined };
}

function wholeLines(bytes: Buffer, truncated: boolean): string {
  const end = truncated ? bytes.lastIndexOf(0x0a) + 1 : bytes.length;
  return bytes.toString('utf8', 0, end);
}
