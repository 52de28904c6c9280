import type { StandardCheckRule, StandardDocument } from '../document/standard.ts';

/** The checks of one standard. */
export interface CheckSet {
  /** Id of the standard. */
  id: string;
  /** Each name once. */
  checks: readonly StandardCheckRule[];
}

/** A check that cannot run. */
export interface CheckProblem {
  /** Id of the standard. */
  id: string;
  /** The check's own id, or what it uses. */
  check: string;
  /** A whole sentence that names the check. */
  reason: string;
}

/** Tries checks without looking at any code: says which cannot run. All at once, since a try starts a process. */
export type TryChecks = (sets: readonly CheckSet[]) => Promise<readonly CheckProblem[]>;

/** The checks that cannot run, by id of their standard; those of a retired standard are not tried. Ids are told apart. */
export async function brokenChecks(
  standards: readonly { id: string; document: Pick<StandardDocument, 'checks' | 'status'> }[],
  tryChecks: TryChecks,
): Promise<ReadonlyMap<string, readonly CheckProblem[]>> {
  const sets: CheckSet[] = [];
  const problems: CheckProblem[] = [];
  for (const { id, document } of standards) {
    const { checks, status } = document;
    if (checks.length === 0 || status === 'retired') continue;
    const byName = Map.groupBy(checks, nameOfCheck);
    sets.push({ id, checks: [...byName.values()].map(([first]) => first!) });
    for (const [check, same] of byName) {
      if (same.length > 1)
        problems.push({ id, check, reason: `The check ${check} is there ${same.length} times.` });
    }
  }
  if (sets.length > 0) problems.push(...(await tryChecks(sets)));
  return Map.groupBy(problems, ({ id }) => id);
}

/** Line of the file where a check stands, from 1. */
export function lineOfCheck(
  { checks, keyLines }: Pick<StandardDocument, 'checks' | 'keyLines'>,
  name: string,
): number {
  const index = checks.findLastIndex((check) => nameOfCheck(check) === name);
  return keyLines[`check.${index}`] ?? keyLines['check'] ?? 1;
}

/** What a check is called: its own id, or what it uses. */
export const nameOfCheck = (check: StandardCheckRule) => ('uses' in check ? check.uses : check.id);
