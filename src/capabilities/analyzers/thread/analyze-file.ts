import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Evidence, Family } from '../evidence.ts';
import { familyOf } from '../families/family.ts';
import { compileRule } from '../rules/compile-rule.ts';
import type { CompiledRule } from '../rules/compiled-rule.ts';
import { loadPack } from '../rules/load-packs.ts';
import { matchFile } from '../rules/match-file.ts';
import { openParser, type Parser } from '../rules/parser.ts';
import { openSource } from '../rules/source-file.ts';
import { applySuppressions, suppressionsIn } from '../rules/suppressions.ts';
import { secretEvidence } from '../secrets/secrets-analyzer.ts';
import { factsOf } from '../structure/file-facts.ts';
import { metricEvidence } from '../structure/function-metrics.ts';
import { isManifest, manifestEvidence } from '../structure/manifests.ts';
import { weakTestEvidence } from '../structure/weak-tests.ts';
import { treeCollector } from './free-trees.ts';
import type { AnalysisJob, AppliedRules, FileResult } from './messages.ts';
import { readSource } from './read-source.ts';

export interface FileAnalyzer {
  applied: AppliedRules[];
  analyze(file: string): Promise<FileResult>;
}

/** Loads the packs that the job's trades and files need; every rule is compiled once. */
export async function openFileAnalyzer({ root, files, trades }: AnalysisJob): Promise<FileAnalyzer> {
  const families = new Set(files.map((f) => familyOf(f)?.family).filter((f) => f !== undefined));
  const wanted = new Set(trades);
  let parser: Parser | undefined;
  const rules = new Map<Family, CompiledRule[]>();
  const applied: AppliedRules[] = [];
  for (const family of families) {
    parser ??= await openParser();
    const own = rules.set(family, []).get(family)!;
    for (const trade of wanted) {
      const pack = (await loadPack(trade, family)).map((text) => compileRule(text, parser!));
      own.push(...pack);
      const severities = Object.fromEntries(pack.map(({ text }) => [text.id, text.severity]));
      if (pack.length > 0) applied.push({ trade, family, rules: pack.length, severities });
    }
  }

  const freeTrees = treeCollector();
  const analyze = async (file: string): Promise<FileResult> => {
    const read = await readSource(root, file);
    if ('skipped' in read) return { file, evidence: [], suppressed: [], skipped: read.skipped, ranRules: [] };
    const { text } = read;
    const found: Evidence[] = [];
    const ranRules: string[] = [];
    const result: Pick<FileResult, 'facts'> = {};
    const known = familyOf(file);
    if (known !== undefined) {
      const source = openSource(file, text, known.parser, parser!);
      found.push(...matchFile(source, rules.get(known.family)!, (rule) => ranRules.push(rule.text.id)));
      if (wanted.has('engineering')) found.push(...metricEvidence(source, known.family));
      if (wanted.has('testing')) found.push(...weakTestEvidence(source, known.family));
      result.facts = factsOf(text, known.family, source.isTest);
    }
    if (isManifest(file))
      found.push(...(await readManifest(root, file, text)).filter((e) => wanted.has(e.trade)));
    if (wanted.has('security')) found.push(...(await secretEvidence({ path: file, text })));
    await freeTrees(text.length);
    const { standing, suppressed } = applySuppressions(withoutDoubles(found), suppressionsIn(text));
    return { file, evidence: standing, suppressed, ranRules, ...result };
  };
  return { applied, analyze };
}

async function readManifest(root: string, file: string, text: string): Promise<Evidence[]> {
  const neighbours = new Set(await readdir(dirname(join(root, file))));
  return manifestEvidence({ path: file, text, neighbours });
}

/** A hardcoded credential that the secrets analyzer recognises too is one finding: the one with its quote masked. */
function withoutDoubles(found: readonly Evidence[]): Evidence[] {
  const secretLines = new Set(found.filter((e) => e.analyzer === 'secrets').map((e) => e.line));
  return found.filter(
    (e) => e.analyzer !== 'syntax' || !isCredentialRule(e.rule) || !secretLines.has(e.line),
  );
}

function isCredentialRule(rule: string): boolean {
  return rule.split('/')[2]!.startsWith('hardcoded-');
}
