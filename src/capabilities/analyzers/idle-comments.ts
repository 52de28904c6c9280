import type { IdleComment } from './contract/index.ts';
import { trades, type Evidence, type Suppression } from './evidence.ts';
import { applySuppressions, isMeant } from './rules/suppressions.ts';
import { shippedIds } from './shipped-ids.ts';
import type { FileResult } from './thread/messages.ts';

/** Splits what a look at all files found by the comments of those files. */
export function suppressAcross(
  evidence: readonly Evidence[],
  results: readonly FileResult[],
): { standing: Evidence[]; suppressed: Suppression[] } {
  const commentsOf = new Map(results.map(({ file, comments = [] }) => [file, comments]));
  const split = evidence.map((one) => applySuppressions([one], commentsOf.get(one.file) ?? []));
  return {
    standing: split.flatMap(({ standing }) => standing),
    suppressed: split.flatMap(({ suppressed }) => suppressed),
  };
}

/**
 * Comments that ask to leave a finding out and leave none out. Of rules that were not `chosen` for the file nothing is
 * said: they may find something there. `own` are the ids of rules beside those that ship.
 */
export async function idleComments(
  results: readonly FileResult[],
  suppressed: readonly Suppression[],
  { chosen, own }: { chosen: (rule: string, file: string) => boolean; own: readonly string[] },
): Promise<IdleComment[]> {
  const used = new Set(suppressed.map(({ file, commentLine }) => `${file}:${commentLine}`));
  const unused = results.flatMap(({ file, comments = [] }) =>
    comments.filter(({ line }) => !used.has(`${file}:${line}`)).map((comment) => ({ file, ...comment })),
  );
  if (unused.length === 0) return [];
  const known = [...(await shippedIds(trades)), ...own];
  return unused.flatMap(({ file, line, rule, reason }): IdleComment[] => {
    if (rule === '') return [{ file, line, rule, problem: 'names-no-rule' }];
    const meant = known.filter((id) => isMeant({ rule }, id));
    if (meant.length === 0) return [{ file, line, rule, problem: 'unknown-rule' }];
    if (reason === undefined) return [{ file, line, rule, problem: 'no-reason' }];
    return meant.some((id) => chosen(id, file)) ? [{ file, line, rule, problem: 'nothing-found' }] : [];
  });
}
