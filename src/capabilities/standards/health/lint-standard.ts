import { sectionProblems } from '../document/check-draft.ts';
import { conflictProblems } from '../document/conflict-marks.ts';
import type { StandardProblem } from '../document/standard.ts';
import type { StandardReading } from '../library/standards-library.ts';
import { claimProblems } from './approval-claims.ts';
import { globProblems } from './glob-problems.ts';
import { lineOfCheck, type CheckProblem } from './broken-checks.ts';

/** What one standard is looked at with. */
export interface LintFacts {
  broken: readonly CheckProblem[];
  /** Ids that `replaced_by` may name. */
  knownIds: ReadonlySet<string>;
  /** Files of the project, for its globs; `undefined` where nothing can be said of them. */
  paths: readonly string[] | undefined;
}

/** Everything wrong with one standard, in order of lines. */
export function lintStandard(
  reading: StandardReading,
  { broken, knownIds, paths }: LintFacts,
): StandardProblem[] {
  const { document, approval } = reading;
  const problems: StandardProblem[] = [
    ...document.problems,
    ...sectionProblems(document),
    ...conflictProblems(document),
    ...broken.map(({ check, reason }) => ({
      line: lineOfCheck(document, check),
      severity: 'error' as const,
      message: reason,
    })),
    ...claimProblems(document, reading),
    // A shipped standard is for projects of every kind.
    ...(approval === 'shipped' ? [] : globProblems(document, paths)),
  ];
  const { replacedBy, keyLines } = document;
  if (replacedBy !== null && !knownIds.has(replacedBy)) {
    const message = `"replaced_by" names ${replacedBy}, which is not a standard here`;
    problems.push({ line: keyLines['replaced_by'] ?? 1, severity: 'warning', message });
  }
  return problems.toSorted((a, b) => a.line - b.line);
}
