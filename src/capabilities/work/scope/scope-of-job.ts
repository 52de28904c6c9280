import { counted } from '../../../kernel/index.ts';
import { isBelow, type ProjectFiles } from '../../../platform/files/index.ts';
import { isDiff } from '../../../platform/git/index.ts';
import type { Job } from '../../jobs/index.ts';
import { codeOfContext } from './code-of-context.ts';
import { diffOfContext, type ContextDiff } from './diff-of-context.ts';
import { withNearPaths } from './near-paths.ts';
import { inWords, scopeOfTask, wholeProject, type Scope, type TaskScope } from './scope-of-task.ts';
import type { ChangedLines } from './changed-lines.ts';

/** What a job looks at, by its task and its context. */
export interface JobScope extends Scope {
  /** The diff that limits it; `undefined` where the context is none. */
  diff: ContextDiff | undefined;
  /** The context is code and what is looked at. */
  isContext: boolean;
  /** Lines that count, by file; files that are not named count whole. */
  lines: ChangedLines;
  /** Those of the words that lead nowhere which can be nothing but paths. */
  surelyMissing: readonly string[];
}

/** Most changed files named one by one. */
const maxNamed = 3;

/**
 * The scope of a job. A diff in its context always limits it: to the lines that it adds, below the places that the task
 * names, where it names any. That of a job that revises is a draft. Code in the context is looked at itself where the task names no place.
 * Errors: as `scopeOfTask`.
 */
export async function scopeOfJob(
  job: Pick<Job, 'task' | 'context'> & Partial<Pick<Job, 'revises'>>,
  files: ProjectFiles,
  redact: (text: string) => Promise<{ text: string }>,
): Promise<JobScope> {
  const { lines, surelyMissing, ...scope } = await scopeOfTask(job.task, files);
  const context = job.context ?? '';
  const isDraft = (job.revises ?? null) !== null;
  if (!isDraft && isDiff(context)) return scopeOfDiff(context, scope, files, redact);
  const isContext =
    !isDraft && scope.stated === wholeProject && !asksForAll(job.task) && codeOfContext(context).length > 0;
  return {
    ...scope,
    ...(isContext ? { stated: 'the code in the context' } : {}),
    missing: await withNearPaths(scope.missing, files),
    diff: undefined,
    isContext,
    lines: new Map([...lines].map(([path, ranges]) => [path, linesOf(ranges)])),
    surelyMissing,
  };
}

async function scopeOfDiff(
  context: string,
  scope: Scope,
  files: ProjectFiles,
  redact: (text: string) => Promise<{ text: string }>,
): Promise<JobScope> {
  const whole = await diffOfContext(context, files, { under: [], redact });
  // What the diff makes is not there yet, and a task may name it.
  const made = scope.missing.filter((word) => whole.files.some((file) => isBelow(file, [plain(word)])));
  const under = [...scope.paths, ...made.map(plain)];
  const diff = under.length === 0 ? whole : await diffOfContext(context, files, { under, redact });
  const paths = [...diff.lines.keys()];
  const named = [...paths, ...diff.notComparable.map(({ file }) => file)];
  return {
    paths,
    stated: statedOf(named, { under, all: whole.files }),
    missing: await withNearPaths(
      scope.missing.filter((word) => !made.includes(word)),
      files,
    ),
    diff,
    isContext: false,
    lines: diff.lines,
    surelyMissing: [],
  };
}

function statedOf(
  named: readonly string[],
  { under, all }: { under: readonly string[]; all: readonly string[] },
) {
  if (named.length > 0)
    return `the changed lines of ${named.length <= maxNamed ? inWords(named) : `${named.length} files`}`;
  if (under.length > 0 && all.length > 0)
    return `nothing: the diff changes no file of ${inWords(under)}, but ${all.length <= maxNamed ? inWords(all) : counted(all.length, 'other')}`;
  return 'a diff that adds no lines of text';
}

const plain = (word: string) => word.replaceAll('\\', '/').replace(/^(?:@|(?:\.\/)+)|\/+$/g, '');

/** "review the whole project" means it, whatever comes with it. */
export const asksForAll = (task: string) =>
  /\b(?:project|repo|repository|code ?base|everything|all files)\b/i.test(task);

function linesOf(ranges: TaskScope['lines'] extends ReadonlyMap<string, infer R> ? R : never): Set<number> {
  const lines = new Set<number>();
  for (const { first, last } of ranges) for (let line = first; line <= last; line += 1) lines.add(line);
  return lines;
}
