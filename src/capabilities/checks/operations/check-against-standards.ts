import { counted, operationsOf } from '../../../kernel/index.ts';
import type { RuleProblem } from '../../analyzers/index.ts';
import { skippedThatMatter } from '../changes/skipped-that-matter.ts';
import type { ToCheck } from '../changes/to-check.ts';
import { whatToCheck } from '../changes/what-to-check.ts';
import type { ChecksDeps } from '../checks-deps.ts';
import {
  checkInput,
  checkOutput,
  standardFinding,
  type CheckInput,
  type CheckOutput,
  type StandardFinding,
} from '../contract/index.ts';
import { askJudge, type NotChecked, type Reading } from '../judge/ask-judge.ts';
import { needsAllFiles } from '../rules/run-across.ts';
import { runRules, type RuleOutcome } from '../rules/run-rules.ts';
import { errorOfKey } from '../../standards/index.ts';
import { checkMessage, placeOf } from './check-message.ts';
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
  // A persona that reads what no rule can check is a job, and may cost money.
  policy: { effect: 'write', idempotent: false },
  errors: [
    'checks.one_source',
    'checks.no_diff',
    'checks.outside_paths',
    'checks.not_applied',
    'checks.diff_too_large',
    'standards.unknown',
    'standards.ambiguous',
    'standards.unusable',
    'standards.gone',
    'files.not_found',
    'files.outside_project',
    'git.not_a_repository',
    'git.unknown_revision',
    'analyzers.cancelled',
    'personas.unknown',
    'jobs.queue_full',
    'jobs.rate_limited',
    'jobs.database_full',
  ],
  async handler(input, { deps, call }) {
    const toCheck = await whatToCheck(input, deps, call.signal);
    const selection = await selectStandards(deps.checks.library, input.standards);
    const outcome = await runRules(selection.chosen, toCheck, deps, {
      signal: call.signal,
      onProgress: (done, total) =>
        call.progress?.({
          percent: Math.round((50 * done) / total),
          message: `${done} of ${counted(total, 'file')}`,
        }),
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
    const { isCode } = deps.checks;
    const left = await skippedThatMatter(outcome.skipped, selection.chosen, { named: toCheck.named, isCode });
    return pageOf(input, { toCheck, selection, outcome, reading, left });
  },
});

/** Whether a reader should take it: it has no rules, or none that reads these files; not where its rules are broken. */
function isForReader({ entry, document }: ChosenStandard, { filesChecked, problems }: RuleOutcome): boolean {
  if ((filesChecked.get(entry.id) ?? 0) > 0 || errorOfKey(document, 'check') !== undefined) return false;
  const broken = problems.filter(({ set }) => set === entry.id).length;
  return document.checks.length === 0 || broken < document.checks.length;
}

interface Whole {
  toCheck: ToCheck;
  selection: Selection;
  outcome: RuleOutcome;
  reading: Reading;
  /** Files left out that matter. */
  left: CheckOutput['skipped'];
}

function pageOf(
  { limit, after, standards: named }: Pick<CheckInput, 'limit' | 'after' | 'standards'>,
  { toCheck, selection, outcome, reading, left }: Whole,
): CheckOutput {
  const findings = [...outcome.findings, ...reading.findings].sort(byPlace);
  const checkedByRules = selection.chosen
    .map(({ entry }) => entry.id)
    .filter((id) => (outcome.filesChecked.get(id) ?? 0) > 0);
  const checked = [...checkedByRules, ...reading.checked];
  const notEnforced = notEnforcedOf(selection, outcome);
  const notChecked: NotChecked[] = [
    ...notEnforced,
    ...rulesNotRun(selection, outcome, needsAllFiles),
    ...(named === undefined ? [] : forOtherFiles(selection, outcome)),
    ...reading.notChecked,
  ];
  // Whoever names a standard relies on it; of the others it is enough to hear.
  const missedStandards = named === undefined ? 0 : new Set(notEnforced.map(({ standard }) => standard)).size;
  const remarks = outcome.remarks.map(({ file, line, reason }) => ({
    file: placeOf({ file, line }),
    reason,
  }));
  const skipped = [...left, ...remarks];
  const leftOut = outcome.leftOut.toSorted(byPlace);
  const missed =
    toCheck.diff === null ? [] : outcome.skipped.filter(({ isByContent }) => isByContent !== true);
  const notRead = new Set(outcome.skipped.map(({ file }) => file));
  const filesLookedAt = outcome.files.filter((file) => !notRead.has(file)).length;
  const namedAreSkipped = left.some(({ file }) => toCheck.named.includes(file));
  return {
    findings: findings.slice(after, after + limit),
    total: findings.length,
    checked,
    not_checked: byReason(notChecked),
    skipped: skipped.slice(0, maxSkipped),
    left_out: leftOut.slice(0, limit),
    incomplete: missed.length > 0 || missedStandards > 0 || (filesLookedAt === 0 && namedAreSkipped),
    job_id: reading.jobId,
    message: [
      checkMessage({
        findings,
        filesLookedAt,
        skipped: skipped.length,
        leftOut,
        missed: new Set(missed.map(({ file }) => file)).size,
        missedStandards,
        stated: toCheck.stated,
        checked: checked.length,
        notChecked: notChecked.length,
      }),
      ...(toCheck.toApply === undefined || toCheck.toApply.length === 0
        ? []
        : [
            `The diff is not applied in ${counted(toCheck.toApply.length, 'file')} here: checked was what it would leave, and line numbers are those with it applied.`,
          ]),
      ...(skipped.length > maxSkipped
        ? [`${counted(skipped.length, 'part')} of the code were left out; the first ${maxSkipped} are named.`]
        : []),
      ...(leftOut.length > limit
        ? [`Of what comments leave out, the first ${limit} of ${leftOut.length} are named.`]
        : []),
      ...(after + limit < findings.length ? [`The next page begins with after: ${after + limit}.`] : []),
      ...reading.notes,
    ].join(' '),
  };
}

/** Standards that are for these files and are not enforced, with all of their rules or some. */
function notEnforcedOf(selection: Selection, outcome: RuleOutcome): NotChecked[] {
  return [
    ...selection.notInForce
      .filter(({ appliesTo }) => outcome.files.some(appliesTo))
      .map(({ standard, reason }) => ({ standard, reason })),
    ...rulesNotRun(selection, outcome, (problem) => !needsAllFiles(problem)),
    ...brokenChecks(selection, outcome),
  ];
}

function rulesNotRun(
  selection: Selection,
  outcome: RuleOutcome,
  isMeant: (problem: RuleProblem) => boolean,
): NotChecked[] {
  const ids = new Set(forThese(selection, outcome).map(({ entry }) => entry.id));
  return outcome.problems
    .filter((problem) => ids.has(problem.set) && isMeant(problem))
    .map(({ set, message, line }) => ({
      standard: set,
      reason: line === undefined ? message : `line ${line}: ${message}`,
    }));
}

const forThese = ({ chosen }: Selection, { files }: RuleOutcome) =>
  chosen.filter(({ appliesTo }) => files.some(appliesTo));

/** Of standards that were named, those whose `applies_to` leaves out every file there is to check. */
function forOtherFiles(selection: Selection, outcome: RuleOutcome): NotChecked[] {
  if (outcome.files.length === 0) return [];
  const isForThese = new Set(forThese(selection, outcome));
  return selection.chosen
    .filter((standard) => !isForThese.has(standard))
    .map(({ entry, document }) => ({
      standard: entry.id,
      reason: `it is for none of these files (applies_to: ${document.appliesTo.join(', ')})`,
    }));
}

/** A `check:` that cannot be read is as if it were not there, so it is said. */
function brokenChecks(selection: Selection, outcome: RuleOutcome): NotChecked[] {
  return forThese(selection, outcome).flatMap(({ entry, document }) =>
    document.problems
      .filter(({ severity, key }) => severity === 'error' && key === 'check')
      .map(({ line, message }) => ({ standard: entry.id, reason: `line ${line}: ${message}` })),
  );
}

/** Thirty standards that no rule can check have one reason, and whoever reads the answer pays for each word. */
function byReason(notChecked: readonly NotChecked[]): CheckOutput['not_checked'] {
  const groups = Map.groupBy(notChecked, ({ reason }) => reason);
  return [...groups].map(([reason, group]) => ({
    reason,
    standards: group.map(({ standard }) => standard),
  }));
}

const rankOf = ({ severity }: StandardFinding) => standardFinding.shape.severity.options.indexOf(severity);

/** By file and line, at one line the worst first. */
function byPlace(a: StandardFinding, b: StandardFinding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || rankOf(a) - rankOf(b) || (a.standard < b.standard ? -1 : 1);
}
