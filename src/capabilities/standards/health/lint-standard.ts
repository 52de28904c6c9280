import { sectionProblems } from '../document/check-draft.ts';
import type { StandardDocument, StandardProblem } from '../document/standard.ts';
import { nameOfCheck, type CheckProblem } from './broken-checks.ts';

/** Everything wrong with one standard, in order of lines. `knownIds` are those that `replaced_by` may name. */
export function lintStandard(
  document: StandardDocument,
  { broken, knownIds }: { broken: readonly CheckProblem[]; knownIds: ReadonlySet<string> },
): StandardProblem[] {
  const problems: StandardProblem[] = [
    ...document.problems,
    ...sectionProblems(document),
    ...broken.map(({ check, reason }) => ({
      line: lineOfCheck(document, check),
      severity: 'error' as const,
      message: reason,
    })),
  ];
  const { replacedBy, keyLines } = document;
  if (replacedBy !== null && !knownIds.has(replacedBy)) {
    const message = `"replaced_by" names ${replacedBy}, which is no standard here`;
    problems.push({ line: keyLines['replaced_by'] ?? 1, severity: 'warning', message });
  }
  return problems.toSorted((a, b) => a.line - b.line);
}

function lineOfCheck({ checks, keyLines }: StandardDocument, name: string): number {
  const index = checks.findLastIndex((check) => nameOfCheck(check) === name);
  return keyLines[`check.${index}`] ?? keyLines['check'] ?? 1;
}
