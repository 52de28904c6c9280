import { sectionProblems } from '../document/check-draft.ts';
import type { StandardCheckRule, StandardDocument, StandardProblem } from '../document/standard.ts';

export interface LintOptions {
  /** Why a check cannot run, as the end of a sentence; `undefined` when it can. */
  checkProblem: (check: StandardCheckRule) => Promise<string | undefined>;
  /** Ids that `replaced_by` may name; left out, it is not looked up. */
  knownIds?: ReadonlySet<string>;
}

/** A check that cannot run. */
export interface BrokenCheck {
  /** Its own id, or what it uses. */
  check: string;
  line: number;
  reason: string;
}

/** Everything wrong with one standard, in order of lines. */
export async function lintStandard(
  document: StandardDocument,
  { checkProblem, knownIds }: LintOptions,
): Promise<StandardProblem[]> {
  const broken = await brokenChecks(document, checkProblem);
  const { replacedBy } = document;
  const problems: StandardProblem[] = [
    ...document.problems,
    ...sectionProblems(document),
    ...broken.map(({ check, line, reason }) => ({
      line,
      severity: 'error' as const,
      message: `the check ${check} cannot run: ${reason}`,
    })),
  ];
  if (replacedBy !== null && knownIds?.has(replacedBy) === false) {
    const message = `"replaced_by" names ${replacedBy}, which is no standard here`;
    problems.push({ line: document.keyLines['replaced_by'] ?? 1, severity: 'warning', message });
  }
  return problems.toSorted((a, b) => a.line - b.line);
}

/** The checks that cannot run; those of a retired standard never do. */
export async function brokenChecks(
  { checks, status, keyLines }: StandardDocument,
  checkProblem: LintOptions['checkProblem'],
): Promise<BrokenCheck[]> {
  if (status === 'retired') return [];
  const broken: BrokenCheck[] = [];
  const seen = new Set<string>();
  for (const [index, check] of checks.entries()) {
    const name = 'uses' in check ? check.uses : check.id;
    const reason = seen.has(name) ? 'it is there twice' : await checkProblem(check);
    seen.add(name);
    const line = keyLines[`check.${index}`] ?? keyLines['check'] ?? 1;
    if (reason !== undefined) broken.push({ check: name, line, reason });
  }
  return broken;
}
