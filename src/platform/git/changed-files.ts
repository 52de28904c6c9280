import { diffFlags } from './diff-flags.ts';
import { gitErrors } from './errors.ts';
import { filePatchesOf } from './file-patches.ts';
import { runGit, unexpectedExit, type GitContext } from './run-git.ts';

/** Room for names on a command line, characters. */
export const maxListedLength = 20_000;
/** Room for the names of changed files, and for those of new ones, bytes. */
const maxNamesBytes = 4_000_000;

/** One file that differs; paths relative to the root, forward slashes. */
export interface ChangedFile {
  status: 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type-changed' | 'unmerged';
  path: string;
  /** Where it was, for renamed and copied files. */
  oldPath?: string;
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

/** Files that differ in `range`, which names the commit compared with. Errors: `git.too_many_names`, `git.failed`. */
export async function changedFiles(
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

/** Files that git does not know yet, as far as their names have room. Errors: `git.failed`. */
export async function untrackedFiles(context: GitContext, pathspecs: readonly string[]) {
  const args = ['ls-files', '--others', '--exclude-standard', '-z', '--', ...pathspecs];
  const { exitCode, stdout, stderr, truncated } = await runGit(context, args, maxNamesBytes);
  if (exitCode !== 0) throw unexpectedExit('ls-files', { exitCode, stderr });
  // Every name ends with a NUL: what is behind the last one is a part of a name.
  const untracked = stdout.toString().split('\0').slice(0, -1);
  return { untracked, cutAtBytes: truncated ? maxNamesBytes : undefined };
}
