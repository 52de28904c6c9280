import { operationsOf } from '../../../kernel/index.ts';
import { counted, type ToCheck } from '../changes/to-check.ts';
import { whatToCheck } from '../changes/what-to-check.ts';
import type { ChecksDeps } from '../checks-deps.ts';
import { checkInput, checkOutput, type CheckOutput, type StandardFinding } from '../contract/index.ts';
import { askJudge, type Reading } from '../judge/ask-judge.ts';
import { runRules, type RuleOutcome } from '../rules/run-rules.ts';
import type { StandardProblem } from '../../standards/index.ts';
import { selectStandards, type ChosenStandard, type Selection } from '../selection/select-standards.ts';

/** Most skipped files that are named. */
const maxSkipped = 100;

export const checkAgainstStandards = operationsOf<ChecksDeps>()({
  name: 'standards.check',
  summary:
    'Check code or a diff against the standards in force: the lines that depart, and what was not checked.',
  input: checkInput,
  output: checkOutput,
  doors: { mcp: 'check_against_standards', cli: 'check' },
  policy: { effect: 'read', idempotent: true },
  errors: [
    'checks.one_source',
    'checks.no_diff',
    'checks.diff_too_large',
    'standards.unknown',
    'standards.ambiguous',
    'files.not_found',
    'files.outside_project',
    'git.not_a_repository',
    'git.unknown_revision',
    'analyzers.cancelled',
  ],
  async handler(input, { deps, call }) {
    const toCheck = await whatToCheck(input, deps, call.signal);
    const selection = await selectStandards(deps.checks.library, input.standards);
    const outcome = await runRules(selection.chosen, toCheck, deps, {
      signal: call.signal,
      onProgress: (done, total) =>
        call.progress?.({ percent: Math.round((50 * done) / total), message: `${done} of ${total} files` }),
    });
    const rest = selection.chosen.filter(
      (standard) => isForReader(standard, outcome) && outcome.files.some(standard.appliesTo),
    );
    const reading = await askJudge(
      rest,
      { toCheck, files: outcome.files, rulesOnly: input.rules_only },
      deps,
      call,
    );
    return pageOf(input, { toCheck, selection, outcome, reading });
  },
});

/** Whether a reader should take it: it has no rules, or none that reads these files; not where its rules are broken. */
function isForReader({ entry, document }: ChosenStandard, { filesChecked, problems }: RuleOutcome): boolean {
  if ((filesChecked.get(entry.id) ?? 0) > 0 || document.problems.some(isAboutCheck)) return false;
  const broken = problems.filter(({ set }) => set === entry.id).length;
  return document.checks.length === 0 || broken < document.checks.length;
}

const isAboutCheck = ({ severity, message }: StandardProblem) =>
  severity === 'error' && /"check\b/.test(message);

interface Whole {
  toCheck: ToCheck;
  selection: Selection;
  outcome: RuleOutcome;
  reading: Reading;
}

function pageOf(
  { limit, after }: { limit: number; after: number },
  { toCheck, selection, outcome, reading }: Whole,
): CheckOutput {
  const findings = [...outcome.findings, ...reading.findings].sort(byPlace);
  const checkedByRules = selection.chosen
    .map(({ entry }) => entry.id)
    .filter((id) => (outcome.filesChecked.get(id) ?? 0) > 0);
  const checked = [...checkedByRules, ...reading.checked];
  const notChecked = [
    ...selection.notInForce
      .filter(({ appliesTo }) => outcome.files.some(appliesTo))
      .map(({ standard, reason }) => ({ standard, reason })),
    ...outcome.problems.map(({ set, message, line }) => ({
      standard: set,
      reason: line === undefined ? message : `line ${line}: ${message}`,
    })),
    ...brokenChecks(selection, outcome),
    ...reading.notChecked,
  ];
  const seen = new Set<string>();
  const skipped = outcome.skipped.filter(({ file }) => !seen.has(file) && seen.add(file));
  return {
    findings: findings.slice(after, after + limit),
    total: findings.length,
    checked,
    not_checked: notChecked,
    skipped: skipped.slice(0, maxSkipped),
    job_id: reading.jobId,
    message: [
      `${counted(findings.length, 'place')} in ${toCheck.stated} ${findings.length === 1 ? 'departs' : 'depart'} from ${counted(checked.length, 'standard')} checked; ${notChecked.length} not checked.`,
      ...(skipped.length > maxSkipped ? [`${skipped.length} files were skipped.`] : []),
      ...(after + limit < findings.length ? [`The next page begins with after: ${after + limit}.`] : []),
      ...reading.notes,
    ].join(' '),
  };
}

/** A `check:` that cannot be read is as if it were not there, so it is said. */
function brokenChecks({ chosen }: Selection, { files }: RuleOutcome): CheckOutput['not_checked'] {
  return chosen
    .filter(({ appliesTo }) => files.some(appliesTo))
    .flatMap(({ entry, document }) =>
      document.problems
        .filter(isAboutCheck)
        .map(({ line, message }) => ({ standard: entry.id, reason: `line ${line}: ${message}` })),
    );
}

function byPlace(a: StandardFinding, b: StandardFinding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || (a.standard < b.standard ? -1 : 1);
}
