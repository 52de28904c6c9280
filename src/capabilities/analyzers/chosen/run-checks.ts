import { analyzerErrors } from '../errors.ts';
import type { Evidence } from '../evidence.ts';
import { familyOf } from '../families/family.ts';
import type { FileFacts } from '../structure/file-facts.ts';
import { errorShapeEvidence } from '../structure/error-shapes.ts';
import { importEvidence } from '../structure/import-graph.ts';
import { structureRuleId, structureRuleSummaries } from '../structure/structure-rules.ts';
import { noTestsEvidence } from '../structure/no-tests.ts';
import { untestedEvidence } from '../structure/untested-files.ts';
import type { AppliedRules, AppliedSets, FileResult } from '../thread/messages.ts';
import { idleComments, suppressAcross } from '../idle-comments.ts';
import { readInPart } from '../read-in-part.ts';
import { openProcessLane } from '../thread/lane.ts';
import { openThread, type AnalysisThread } from '../thread/open-thread.ts';
import { runDivided } from '../thread/run-divided.ts';
import { secretRule } from '../secrets/secrets-analyzer.ts';
import { analysisEntry, threadLimits, threads } from '../threads.ts';
import { isOwn, means, placeOf, setMatcher } from './chosen-rules.ts';
import type { CheckReport, CheckRequest, RuleFinding, RuleProblem, RuleSet } from './rule-set.ts';

const processes = [1, 2].map(() =>
  openThread({ entry: analysisEntry, ...threadLimits, openLane: openProcessLane }),
) as [AnalysisThread, AnalysisThread];

const defaultRuleTimeoutMs = 5_000;

/** What only a look at all files tells. */
const acrossFiles = (
  ['import-cycle', 'hub-file', 'untested-file', 'no-tests', 'error-responses'] as const
).map(structureRuleId);

/**
 * Runs the rules of the sets over the files they are for; each file is parsed once. Own rules run in a process of their
 * own: one that takes longer than `ruleTimeoutMs` in a file is stopped and named in `problems`, and the rest goes on.
 * What cannot run is a problem, never an error.
 * Errors: `analyzers.cancelled`, `analyzers.thread_failed`.
 */
export async function runChecks(request: CheckRequest): Promise<CheckReport> {
  const { root, files, sets, texts, signal, onProgress, ruleTimeoutMs = defaultRuleTimeoutMs } = request;
  const stopped: RuleProblem[] = [];
  const hasOwn = sets.some(({ rules }) => rules.some(isOwn));
  let filesDone = 0;
  const job = await runDivided(hasOwn ? processes : threads, {
    job: { root, files, trades: [], sets, ...(texts === undefined ? {} : { texts }) },
    signal,
    ruleTimeoutMs,
    onStopped(rule, file) {
      const problem = tooSlow(rule, file, ruleTimeoutMs, sets);
      if (!stopped.some((known) => known.set === problem.set && known.rule === problem.rule))
        stopped.push(problem);
    },
    onFile({ file }) {
      filesDone += 1;
      onProgress?.({ filesDone, filesTotal: files.length, file });
    },
  });
  const { results, applied, sets: ofSets = { own: [], problems: [] } } = job;
  const setsOf = setMatcher(sets);
  const findingsOf = ({ trade: _trade, ...finding }: Evidence): RuleFinding[] =>
    setsOf(finding.file)
      .filter((set) => hasRule(set, finding.rule))
      .map((set) => ({ ...finding, set: set.id }));
  const findings = results.flatMap(({ evidence }) => evidence.flatMap(findingsOf));
  // A set that tells a line by itself, so that parts of a project can be checked, says it once.
  const said = new Set(findings.map(placeOfSet));
  const across = suppressAcross(lookAcross(request, results), results);
  const suppressed = [...results.flatMap((result) => result.suppressed), ...across.suppressed];
  findings.push(...across.standing.flatMap(findingsOf).filter((finding) => !said.has(placeOfSet(finding))));
  return {
    findings: findings.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)),
    suppressed: suppressed.flatMap((one) =>
      setsOf(one.file)
        .filter((set) => hasRule(set, one.rule))
        .map((set) => ({ ...one, set: set.id })),
    ),
    idleComments: await idleComments(results, suppressed, {
      chosen: (rule, file) =>
        (request.wholeProject || !acrossFiles.some((id) => id === rule)) &&
        setsOf(file).some((set) => hasRule(set, rule)),
      own: ownIds(sets),
    }),
    skipped: results.flatMap(({ file, skipped }) =>
      skipped === undefined ? [] : [{ file, reason: skipped }],
    ),
    readInPart: readInPart(results).filter(({ file }) => setsOf(file).length > 0),
    problems: [...ofSets.problems, ...stopped, ...partial(request)],
    filesChecked: filesChecked(request, results, applied, ofSets),
  };
}

const ownIds = (sets: readonly RuleSet[]) =>
  sets.flatMap(({ id, rules }) => rules.filter(isOwn).map((rule) => `${id}/${rule.id}`));

const placeOfSet = ({ set, file, line }: RuleFinding) => `${set} ${file}:${line}`;

function hasRule(set: RuleSet, id: string): boolean {
  return set.rules.some((rule) => (isOwn(rule) ? `${set.id}/${rule.id}` === id : means(rule.uses, id)));
}

function tooSlow(rule: string, file: string, limitMs: number, sets: readonly RuleSet[]): RuleProblem {
  const set = sets.find(({ id }) => rule.startsWith(`${id}/`))!;
  const own = set.rules.filter(isOwn).find(({ id }) => rule === `${set.id}/${id}`)!;
  const { code, message } = analyzerErrors.make('analyzers.rule_too_slow', { rule, file, limitMs });
  return { set: set.id, rule: own.id, code, message, ...placeOf(own) };
}

function lookAcross({ sets, files, wholeProject }: CheckRequest, results: readonly FileResult[]) {
  const isUsed = (id: string) => sets.some((set) => hasRule(set, id));
  if (!wholeProject || !acrossFiles.some(isUsed)) return [];
  const facts = new Map<string, FileFacts>(
    results.flatMap(({ file, facts: own }) => (own === undefined ? [] : [[file, own] as const])),
  );
  return [
    ...importEvidence(facts),
    ...untestedEvidence(facts),
    ...noTestsEvidence(facts, files),
    ...errorShapeEvidence(facts),
  ].filter(({ rule }) => isUsed(rule));
}

/** Rules across files say nothing where only some files were given. */
function partial({ sets, wholeProject }: CheckRequest): RuleProblem[] {
  if (wholeProject) return [];
  return sets.flatMap((set) =>
    set.rules.flatMap((rule): RuleProblem[] => {
      if (isOwn(rule) || !acrossFiles.some((id) => means(rule.uses, id))) return [];
      const { code, message } = analyzerErrors.make('analyzers.needs_whole_project', { uses: rule.uses });
      return [{ set: set.id, rule: rule.uses, code, message, ...placeOf(rule) }];
    }),
  );
}

/** Rules that read files of every language, or none of a language's trees. */
function isForAnyFile(uses: string, wholeProject: boolean): boolean {
  const ids = [secretRule.id, ...structureRuleSummaries().map(({ id }) => id)];
  return ids.some((id) => means(uses, id) && (wholeProject || !acrossFiles.some((across) => across === id)));
}

/** For each set, the files that a rule of it can read and that were read. */
function filesChecked(
  { sets, wholeProject }: CheckRequest,
  results: readonly FileResult[],
  applied: readonly AppliedRules[],
  { own }: AppliedSets,
): ReadonlyMap<string, number> {
  const shipped = applied.flatMap(({ family, severities }) =>
    Object.keys(severities).map((id) => ({ id, family })),
  );
  const rules = [...shipped, ...own.map(({ rule, family }) => ({ id: rule, family }))];
  const readers = new Map(
    sets.map((set) => {
      const mine = rules.filter(({ id }) => hasRule(set, id));
      const any = set.rules.some((rule) => !isOwn(rule) && isForAnyFile(rule.uses, wholeProject));
      return [set.id, { any, families: new Set(mine.map(({ family }) => family)) }] as const;
    }),
  );
  const setsOf = setMatcher(sets);
  const counts = new Map<string, number>(sets.map(({ id }) => [id, 0]));
  for (const { file, skipped } of results) {
    if (skipped !== undefined) continue;
    const family = familyOf(file)?.family;
    for (const { id } of setsOf(file)) {
      const { any, families } = readers.get(id)!;
      if (any || (family !== undefined && families.has(family))) counts.set(id, counts.get(id)! + 1);
    }
  }
  return counts;
}
