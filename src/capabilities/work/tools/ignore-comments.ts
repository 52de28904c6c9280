import { idleBecause, type IdleComment } from '../../analyzers/contract/index.ts';
import type { AnalysisReport } from '../../analyzers/index.ts';
import type { LeftOut } from '../contract/index.ts';
import type { ToolContext } from './work-tool.ts';

/** Longest reason that is shown, characters. */
const maxReasonChars = 300;
/** Most comments named in a note. */
const maxNamed = 10;

/**
 * What comments leave out of an analysis, the worst first; secrets in their words masked. Of a diff, what has its
 * comment or its place on a line that the diff adds or changes.
 */
export async function leftOutByComments(
  { suppressed }: Pick<AnalysisReport, 'suppressed'>,
  { redact, changed }: Pick<ToolContext, 'redact' | 'changed'>,
): Promise<LeftOut[]> {
  const counts = suppressed.filter(
    ({ file, line, commentLine }) =>
      changed === undefined || [line, commentLine].some((place) => changed.get(file)?.has(place) === true),
  );
  const reasons = await redact(counts.map(({ reason }) => reason.slice(0, maxReasonChars)).join('\n'));
  const masked = reasons.text.split('\n');
  return counts
    .map(({ file, line, severity, rule, title }, at) => ({
      file,
      line,
      severity,
      rule,
      title,
      reason: masked[at]!,
    }))
    .sort((a, b) => order[a.severity] - order[b.severity]);
}

const order = { critical: 0, high: 1, medium: 2, low: 3 } as const;

/** What the review says of comments that leave nothing out; `undefined` where there are none. */
export async function idleCommentsNote(
  comments: readonly IdleComment[],
  { standardsInUse, changed }: Pick<ToolContext, 'standardsInUse' | 'changed'>,
): Promise<string | undefined> {
  const here = comments.filter(
    ({ file, line }) => changed === undefined || changed.get(file)?.has(line) === true,
  );
  if (here.length === 0) return undefined;
  const own = await standardsInUse.ownRules();
  // The project's own rules are run by `check`, which says what their comments do.
  const idle = here.filter(
    ({ rule, problem }) => problem !== 'unknown-rule' || !own.some((id) => `/${id}`.endsWith(`/${rule}`)),
  );
  if (idle.length === 0) return undefined;
  const named = idle.slice(0, maxNamed).map((one) => `${one.file}:${one.line} ${idleBecause(one)}`);
  const more = idle.length > maxNamed ? ` and ${idle.length - maxNamed} more` : '';
  return `\`troupe-ignore\` comments that leave nothing out (${idle.length}): ${named.join('; ')}${more}. They are written \`troupe-ignore <rule>: <reason>\`, on the line of the finding or right above it, one a line.`;
}
