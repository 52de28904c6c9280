import { counted, isAppError } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import {
  addedLinesOf,
  gitDiff,
  gitErrors,
  stagedTexts,
  type GitDiff,
  type SkippedStaged,
} from '../../../platform/git/index.ts';
import { relativeTo } from './relative-to.ts';
import type { Batch, SkippedPart, ToCheck } from './to-check.ts';

export interface FromGitOptions {
  files: ProjectFiles;
  paths: readonly string[];
  maxDiffBytes: number;
  maxFileBytes: number;
  gitTimeoutMs: number;
  signal: AbortSignal | undefined;
}

/**
 * Lines changed since a revision, in the files as they lie here; files git does not know yet count whole.
 * Errors: those of `gitDiff` and `ProjectFiles.resolve`.
 */
export async function fromBase(base: string, options: FromGitOptions): Promise<ToCheck> {
  const changes = await changesOf(options, { base });
  const untracked = new Set(changes.untracked);
  const files: string[] = [];
  const { skipped } = changes;
  for (const file of [...changes.lines.keys(), ...untracked]) {
    // A link may lead anywhere, and the lines of a diff are those of the link.
    const left = await options.files.resolve(file).then(
      ({ relative }): SkippedPart | undefined =>
        relative === file ? undefined : { file, reason: 'a link', isByContent: true },
      (error: unknown) => ({
        file,
        reason: isAppError(error) ? error.message.replace(/\.$/, '') : 'unreadable',
      }),
    );
    if (left === undefined) files.push(file);
    else skipped.push(left);
  }
  return {
    async *batches() {
      yield { files, skipped };
    },
    linesOf: (file) => (untracked.has(file) ? undefined : (changes.lines.get(file) ?? new Set())),
    stated: (count) => `${counted(count, 'file')} changed since ${base}`,
    named: changes.named,
    wholeProject: false,
    diff: changes.diff,
  };
}

/** Lines that are staged, in the files as they are staged. Errors: as `fromBase`. */
export async function fromStaged(options: FromGitOptions): Promise<ToCheck> {
  const { files, maxFileBytes } = options;
  const changes = await changesOf(options, { staged: true });
  const isReadable = (path: string) => !files.isIgnored(path);
  async function* batches(): AsyncGenerator<Batch> {
    yield { files: [], skipped: changes.skipped };
    const given = { ...(await repositoryOf(options)), maxFileBytes, isReadable };
    for await (const { texts, skipped } of stagedTexts(given)) {
      const withLines = [...texts.keys()].filter((file) => changes.lines.has(file));
      // What is ignored was named with the changes already.
      const others = skipped.filter(({ kind }) => kind !== 'ignored');
      yield { files: withLines, texts, skipped: others.map(stagedPart) };
    }
  }
  return {
    batches,
    linesOf: (file) => changes.lines.get(file) ?? new Set(),
    stated: (count) => counted(count, 'staged file'),
    named: changes.named,
    wholeProject: false,
    diff: changes.diff,
  };
}

/** A file in conflict is named whatever it is: the commit cannot hold it. */
const stagedPart = ({ file, reason, kind }: SkippedStaged): SkippedPart =>
  kind === 'unmerged' ? { file, reason } : { file, reason, isByContent: true };

interface Changes {
  lines: Map<string, ReadonlySet<number>>;
  untracked: readonly string[];
  skipped: SkippedPart[];
  named: readonly string[];
  diff: string;
}

async function changesOf(
  options: FromGitOptions,
  what: { base: string } | { staged: true },
): Promise<Changes> {
  const { files, maxDiffBytes } = options;
  const isReadable = (path: string) => !files.isIgnored(path);
  const given = { ...(await repositoryOf(options)), ...what, maxBytes: maxDiffBytes, isReadable };
  const changed = await gitDiff(given);
  if (changed.untrackedCutAtBytes !== undefined)
    throw gitErrors.make('git.too_many_names', { what: 'new', limitBytes: changed.untrackedCutAtBytes });
  const added = addedLinesOf(changed.diff);
  const skipped: SkippedPart[] = changed.withheld.map((file) => ({
    file,
    reason: 'ignored',
    isByContent: true,
  }));
  for (const [file, { binary }] of added)
    if (binary) skipped.push({ file, reason: 'binary', isByContent: true });
  skipped.push(...cutOff(changed, [...added.keys()], maxDiffBytes));
  const lines = new Map(
    [...added]
      .filter(([file, { lines: own }]) => own.size > 0 && !skipped.some((one) => one.file === file))
      .map(([file, { lines: own }]) => [file, new Set(own.keys())] as const),
  );
  return { lines, untracked: changed.untracked, skipped, named: given.paths, diff: changed.diff };
}

/** Files that a diff cut at its limit does not show, or not to their end. */
function cutOff(changed: GitDiff, shown: readonly string[], limitBytes: number): SkippedPart[] {
  if (!changed.truncated) return [];
  const whole = new Set(shown.slice(0, -1));
  return changed.files
    .filter(({ status, path }) => status !== 'deleted' && !whole.has(path))
    .map(({ path }) => ({
      file: path,
      reason: `the changes have more than ${limitBytes} bytes (checks.max_diff_bytes)`,
    }));
}

async function repositoryOf({ files, paths, gitTimeoutMs, signal }: FromGitOptions) {
  const places = await Promise.all(paths.map((path) => relativeTo(files, path)));
  return {
    root: files.root,
    paths: places,
    timeoutMs: gitTimeoutMs,
    ...(signal === undefined ? {} : { signal }),
  };
}
