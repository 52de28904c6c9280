import { idleBecause } from '../../analyzers/contract/index.ts';
import type { CheckReport, RuleProblem } from '../../analyzers/index.ts';
import type { SkippedPart, ToCheck } from '../changes/to-check.ts';
import type { ChecksDeps, RuleRunning } from '../checks-deps.ts';
import type { LeftOutFinding, StandardFinding } from '../contract/index.ts';
import type { RuledStandard } from '../selection/select-standards.ts';
import { ruleSetOf } from './rule-sets.ts';
import { needsAllFiles, runAcross, setsAcross } from './run-across.ts';
import { sectionOf } from './section-of.ts';

/** What the rules of the standards found, over all files. */
export interface RuleOutcome {
  files: string[];
  findings: StandardFinding[];
  skipped: SkippedPart[];
  /** What comments in the code leave out. */
  leftOut: LeftOutFinding[];
  /** Comments that leave nothing out, and where a file could not be parsed. */
  remarks: { file: string; line: number; reason: string }[];
  problems: RuleProblem[];
  /** Files that rules of a standard looked at, by its id. */
  filesChecked: ReadonlyMap<string, number>;
}

const unreadReason =
  'read in part: here begins a syntax error, or syntax that the parser does not know; rules may miss what follows';

/**
 * Runs the rules of all chosen standards over what is to be checked, batch by batch, and keeps what lies on the lines
 * that count. For changes, rules that look across files look at the whole project, where they are for a changed file.
 * Errors: those of `runChecks`, and of reading what is staged.
 */
export async function runRules(
  standards: readonly RuledStandard[],
  toCheck: ToCheck,
  { checks }: { checks: RuleRunning & Pick<ChecksDeps['checks'], 'redact'> },
  call: { signal?: AbortSignal | undefined; onProgress(done: number, total: number): void },
): Promise<RuleOutcome> {
  const sets = standards.map(ruleSetOf).filter(({ rules }) => rules.length > 0);
  const outcome = {
    files: [] as string[],
    findings: [] as StandardFinding[],
    skipped: [] as SkippedPart[],
    leftOut: [] as LeftOutFinding[],
    remarks: [] as RuleOutcome['remarks'],
    problems: new Map<string, RuleProblem>(),
    filesChecked: new Map<string, number>(),
  };
  const changedTexts = new Map<string, string>();
  for await (const { files, texts, skipped } of toCheck.batches()) {
    outcome.files.push(...files);
    outcome.skipped.push(...skipped);
    if (files.length === 0 || sets.length === 0) continue;
    const report = await checks.runChecks({
      root: checks.files.root,
      files,
      sets: sets,
      ...(texts === undefined ? {} : { texts }),
      wholeProject: toCheck.wholeProject,
      ruleTimeoutMs: checks.settings.ruleTimeoutMs,
      ...(call.signal === undefined ? {} : { signal: call.signal }),
      onProgress: ({ filesDone, filesTotal }) => call.onProgress(filesDone, filesTotal),
    });
    outcome.skipped.push(...report.skipped.map((one) => ({ ...one, isByContent: true as const })));
    outcome.remarks.push(...report.readInPart.map((one) => ({ ...one, reason: unreadReason })));
    for (const problem of report.problems) outcome.problems.set(`${problem.set} ${problem.rule}`, problem);
    for (const [set, count] of report.filesChecked)
      outcome.filesChecked.set(set, (outcome.filesChecked.get(set) ?? 0) + count);
    collect(report, standards, toCheck, outcome);
    if ([...outcome.problems.values()].some(needsAllFiles))
      for (const [file, text] of texts ?? []) changedTexts.set(file, text);
  }
  if (toCheck.diff !== null) await lookAcross();
  const redacted = async (text: string) => (await checks.redact(text)).text;
  for (const finding of [...outcome.findings, ...outcome.leftOut])
    finding.quote = await redacted(finding.quote);
  for (const finding of outcome.leftOut) finding.reason = await redacted(finding.reason);
  return { ...outcome, problems: [...outcome.problems.values()] };

  async function lookAcross(): Promise<void> {
    const isCode = await Promise.all(outcome.files.map(checks.isCode));
    const changed = outcome.files.filter((_file, index) => isCode[index]);
    const across = setsAcross(sets, outcome.problems.values(), changed);
    for (const [key, problem] of outcome.problems) if (needsAllFiles(problem)) outcome.problems.delete(key);
    if (across.length === 0) return;
    const { report, filesChecked } = await runAcross(across, { changed, texts: changedTexts }, checks, call);
    // A standard that tells a line by itself as well says it once.
    const said = new Set(
      [...outcome.findings, ...outcome.leftOut].map(
        ({ standard, file, line }) => `${standard} ${file}:${line}`,
      ),
    );
    const isNew = (one: { set: string; file: string; line: number }) =>
      !said.has(`${one.set} ${one.file}:${one.line}`);
    const [findings, suppressed] = [report.findings.filter(isNew), report.suppressed.filter(isNew)];
    collect({ ...report, findings, suppressed }, standards, toCheck, outcome);
    for (const [set, count] of filesChecked)
      outcome.filesChecked.set(set, Math.max(outcome.filesChecked.get(set) ?? 0, count));
  }
}

function collect(
  { findings, suppressed, idleComments }: Pick<CheckReport, 'findings' | 'suppressed' | 'idleComments'>,
  standards: readonly RuledStandard[],
  { linesOf }: ToCheck,
  outcome: Pick<RuleOutcome, 'findings' | 'leftOut' | 'remarks'>,
): void {
  const findingOf = (found: CheckReport['findings' | 'suppressed'][number]): StandardFinding => {
    const { document } = standards.find(({ entry }) => entry.id === found.set)!;
    const { file, line, severity, rule, quote, title, remedy } = found;
    const message = remedy === '' ? title : `${title.replace(/\.$/, '')}. ${remedy}`;
    const section = sectionOf(document, { id: rule, message, quote }).heading;
    return { file, line, severity, standard: found.set, section, rule, message, quote };
  };
  for (const found of findings)
    if (touches(linesOf(found.file), found.line, found.endLine)) outcome.findings.push(findingOf(found));
  for (const found of suppressed)
    if ([found.line, found.commentLine].some((line) => touches(linesOf(found.file), line, line)))
      outcome.leftOut.push({ ...findingOf(found), reason: found.reason });
  for (const comment of idleComments) {
    const { file, line, rule, problem } = comment;
    if (!touches(linesOf(file), line, line)) continue;
    const because =
      problem === 'unknown-rule'
        ? `names ${rule}, which is neither a rule of Troupe nor of the standards checked`
        : idleBecause(comment);
    outcome.remarks.push({ file, line, reason: `a troupe-ignore comment ${because}: it leaves nothing out` });
  }
}

/** Whether a statement has a line that counts. */
function touches(lines: ReadonlySet<number> | undefined, first: number, last: number): boolean {
  if (lines === undefined) return true;
  for (let line = first; line <= last; line += 1) if (lines.has(line)) return true;
  return false;
}
