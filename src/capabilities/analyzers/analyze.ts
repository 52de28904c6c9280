import { chosenBy, tradesOf } from './chosen/rule-choice.ts';
import type { AnalysisReport, AnalysisRequest, Evidence, RuleChoice } from './evidence.ts';
import { severities } from './evidence.ts';
import { extensionOf, familyOf } from './families/family.ts';
import type { FileFacts } from './structure/file-facts.ts';
import { errorShapeEvidence } from './structure/error-shapes.ts';
import { importEvidence } from './structure/import-graph.ts';
import { isManifest } from './structure/manifests.ts';
import { manifestRules, structureRuleSummaries } from './structure/structure-rules.ts';
import { noTestsEvidence } from './structure/no-tests.ts';
import { untestedEvidence } from './structure/untested-files.ts';
import { secretRule } from './secrets/secrets-analyzer.ts';
import { otherLanguages } from './families/other-languages.ts';
import type { AppliedRules, FileResult } from './thread/messages.ts';
import { runDivided } from './thread/run-divided.ts';
import { idleComments, suppressAcross } from './idle-comments.ts';
import { lookedAt } from './looked-at.ts';
import { readInPart } from './read-in-part.ts';
import { threads } from './threads.ts';

/**
 * Runs the rule packs of the trades, the secrets scan (security) and the structure checks over the files, in one
 * thread or, when there are many, in two: the caller's event loop stays free. Files that cannot be read, are too large, generated or binary, or take too long
 * are named in `skipped`; files no pack covers in `notCovered`. Abort ends the thread at once.
 * Errors: `analyzers.cancelled`, `analyzers.thread_failed`, `analyzers.bad_pack`.
 */
export async function analyze(request: AnalysisRequest): Promise<AnalysisReport> {
  const { root, files, trades: choices, texts, signal, onProgress } = request;
  let filesDone = 0;
  const { results, applied } = await runDivided(threads, {
    job: { root, files, trades: choices, ...(texts === undefined ? {} : { texts }) },
    signal,
    onFile({ file }) {
      filesDone += 1;
      onProgress?.({ filesDone, filesTotal: files.length, file });
    },
  });
  const facts = new Map(results.flatMap((r) => (r.facts === undefined ? [] : [[r.file, r.facts] as const])));
  const across = suppressAcross(acrossFiles(facts, request), results);
  const evidence = [...results.flatMap((r) => r.evidence), ...across.standing].sort(byImportance);
  const suppressed = [...results.flatMap((r) => r.suppressed), ...across.suppressed];
  const read = results.filter(({ skipped }) => skipped === undefined);
  return {
    evidence,
    filesAnalyzed: read.filter((r) => isCovered(r, applied)).length,
    filesOnlyScanned: read.filter((r) => !isCovered(r, applied) && isScanned(r.file, choices)).length,
    withoutPack: read.filter((r) => !isCovered(r, applied)).map(({ file }) => file),
    skipped: results.flatMap((r) => (r.skipped === undefined ? [] : [{ file: r.file, reason: r.skipped }])),
    readInPart: readInPart(results),
    notCovered: notCovered(results, applied),
    rulesApplied: [
      ...applied.map(({ trade, family, rules }) => ({ trade, family, rules })),
      ...anyFamily(choices),
    ],
    lookedAt: lookedAt(results, applied, [...evidence, ...suppressed]),
    suppressed,
    idleComments: await idleComments(results, suppressed, { chosen: chosenBy(choices), own: [] }),
  };
}

function acrossFiles(
  facts: ReadonlyMap<string, FileFacts>,
  { trades: choices, files, otherFiles = [] }: AnalysisRequest,
): Evidence[] {
  const trades = tradesOf(choices);
  const isChosen = chosenBy(choices);
  const found = [
    ...(trades.includes('architecture') ? [...importEvidence(facts), ...errorShapeEvidence(facts)] : []),
    ...(trades.includes('testing')
      ? [...untestedEvidence(facts), ...noTestsEvidence(facts, files, otherFiles)]
      : []),
  ];
  return found.filter(({ rule }) => isChosen(rule));
}

function byImportance(a: Evidence, b: Evidence): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)
  );
}

function isCovered({ file, evidence }: FileResult, applied: readonly AppliedRules[]): boolean {
  const family = familyOf(file)?.family;
  return evidence.length > 0 || applied.some((a) => a.family === family);
}

/** Whether a rule reads the file whatever language it is in. */
function isScanned(file: string, choices: readonly RuleChoice[]): boolean {
  const isChosen = chosenBy(choices);
  return isChosen(secretRule.id) || (isManifest(file) && manifestRules.some(isChosen));
}

/** Code that no pack of these trades reads, counted by extension. */
function notCovered(
  results: readonly FileResult[],
  applied: readonly AppliedRules[],
): AnalysisReport['notCovered'] {
  const counts = new Map<string, { family: string; extension: string; files: number }>();
  for (const { file, skipped } of results) {
    const extension = extensionOf(file);
    const family = familyOf(file)?.family ?? otherLanguages[extension];
    if (skipped !== undefined || family === undefined || applied.some((a) => a.family === family)) continue;
    const entry = counts.get(extension) ?? { family, extension, files: 0 };
    entry.files++;
    counts.set(extension, entry);
  }
  return [...counts.values()].sort((a, b) => b.files - a.files);
}

function anyFamily(choices: readonly RuleChoice[]): AnalysisReport['rulesApplied'] {
  const chosen = [secretRule, ...structureRuleSummaries()].filter(({ id }) => chosenBy(choices)(id));
  return tradesOf(choices)
    .map((trade) => {
      const rules = chosen.filter((rule) => rule.trade === trade).length;
      return { trade, family: 'any' as const, rules };
    })
    .filter(({ rules }) => rules > 0);
}
