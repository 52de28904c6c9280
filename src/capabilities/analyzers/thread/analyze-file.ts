import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Evidence } from '../evidence.ts';
import { familyOf } from '../families/family.ts';
import type { CompiledRule } from '../rules/compiled-rule.ts';
import { matchFile } from '../rules/match-file.ts';
import { firstUnreadLine, openSource, type SourceFile } from '../rules/source-file.ts';
import { applySuppressions, ignoreComments } from '../rules/suppressions.ts';
import { isCredentialRule, maskLiterals } from '../secrets/mask-literals.ts';
import { secretEvidence, secretRule } from '../secrets/secrets-analyzer.ts';
import { errorAnswersOf } from '../structure/error-answers.ts';
import { factsOf, type FileFacts } from '../structure/file-facts.ts';
import { metricEvidence } from '../structure/function-metrics.ts';
import { isManifest, manifestEvidence } from '../structure/manifests.ts';
import { structureRuleId, structureRules } from '../structure/structure-rules.ts';
import { weakTestEvidence } from '../structure/weak-tests.ts';
import { treeCollector } from './free-trees.ts';
import type { AnalysisJob, AppliedRules, AppliedSets, FileResult } from './messages.ts';
import { readSource } from './read-source.ts';
import { openRules } from './rules-of-job.ts';

const errorResponses = structureRuleId('error-responses');
const { severity, title, remedy } = structureRules['error-responses'];

export interface FileAnalyzer {
  applied: AppliedRules[];
  sets?: AppliedSets;
  analyze(file: string): Promise<FileResult>;
}

/**
 * Loads the packs that the job's trades, or its sets, and its files need; every rule is compiled once. `onOwnRule`
 * hears of each own rule before it runs, and of none when those of a file are done.
 */
export async function openFileAnalyzer(
  job: AnalysisJob,
  onOwnRule: (rule: string | undefined) => void = () => undefined,
): Promise<FileAnalyzer> {
  const { root } = job;
  const rules = await openRules(job);
  const { trades } = rules;
  const freeTrees = treeCollector();

  const matchShipped = (source: SourceFile, family: CompiledRule['family']) => {
    const { shipped, own } = rules.of(source.path, family);
    const ranRules: string[] = [];
    const found = matchFile(source, shipped, (rule) => ranRules.push(rule.text.id));
    if (trades.has('engineering')) found.push(...metricEvidence(source, family));
    if (trades.has('testing')) found.push(...weakTestEvidence(source, family));
    return { found, ranRules, own };
  };

  const analyze = async (file: string): Promise<FileResult> => {
    const read = await readSource(root, file, job.texts?.get(file));
    if ('skipped' in read) return { file, evidence: [], suppressed: [], skipped: read.skipped, ranRules: [] };
    const { text } = read;
    const known = familyOf(file);
    const source = known === undefined ? undefined : openSource(file, text, known.parser, rules.parser!);
    const matched = source === undefined ? undefined : matchShipped(source, known!.family);
    const found: Evidence[] = matched?.found ?? [];
    if (isManifest(file))
      found.push(...(await readManifest(root, file, text)).filter((e) => trades.has(e.trade)));
    if (trades.has('security') && rules.wants(secretRule.id, file))
      found.push(...(await secretEvidence({ path: file, text })));
    const wanted = withoutDoubles(found.filter((e) => rules.wants(e.rule, file)));
    const answers =
      source !== undefined && trades.has('architecture') && rules.wants(errorResponses, file)
        ? errorAnswersOf(source, known!.family)
        : [];
    if (source !== undefined && matched !== undefined && matched.own.length > 0) {
      wanted.push(...matchFile(source, matched.own, ({ text: { id } }) => onOwnRule(id)));
      // What is left to do here is no rule's time.
      onOwnRule(undefined);
    }
    const unreadLine = source === undefined ? undefined : firstUnreadLine(source);
    const comments = ignoreComments(file, text, source?.root);
    await freeTrees(text.length);
    const { standing, suppressed } = applySuppressions(maskLiterals(wanted, text), comments);
    const errors = applySuppressions(
      answers.map((answer) => ({ ...answer, file, rule: errorResponses, severity, title, remedy })),
      comments,
    );
    const facts: FileFacts | undefined =
      source === undefined
        ? undefined
        : { ...factsOf(text, known!.family, source.isTest), errorAnswers: errors.standing };
    return {
      file,
      evidence: standing,
      suppressed: [...suppressed, ...errors.suppressed],
      ranRules: matched?.ranRules ?? [],
      ...(comments.length === 0 ? {} : { comments }),
      ...(unreadLine === undefined ? {} : { unreadLine }),
      ...(facts === undefined ? {} : { facts }),
    };
  };
  return { applied: rules.applied, ...(rules.sets === undefined ? {} : { sets: rules.sets }), analyze };
}

async function readManifest(root: string, file: string, text: string): Promise<Evidence[]> {
  const neighbours = new Set(await readdir(dirname(join(root, file))).catch(() => []));
  return manifestEvidence({ path: file, text, neighbours });
}

/**
 * A hardcoded credential that a shipped rule and the secrets analyzer recognise is one finding: the one with its quote
 * masked.
 */
function withoutDoubles(found: readonly Evidence[]): Evidence[] {
  const secretLines = new Set(found.filter((e) => e.analyzer === 'secrets').map((e) => e.line));
  return found.filter(
    (e) => e.analyzer !== 'syntax' || !isCredentialRule(e.rule) || !secretLines.has(e.line),
  );
}
