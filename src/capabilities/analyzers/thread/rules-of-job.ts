import {
  compileOwnRules,
  isOwn,
  means,
  setMatcher,
  tradesUsed,
  unknownUses,
  usesOf,
} from '../chosen/chosen-rules.ts';
import { chosenBy, tradesOf } from '../chosen/rule-choice.ts';
import type { RuleProblem, RuleSet } from '../chosen/rule-set.ts';
import type { Family, Trade } from '../evidence.ts';
import { familyOf } from '../families/family.ts';
import { compileRule } from '../rules/compile-rule.ts';
import type { CompiledRule } from '../rules/compiled-rule.ts';
import { loadPack } from '../rules/load-packs.ts';
import { openParser, type Parser } from '../rules/parser.ts';
import type { AnalysisJob, AppliedRules, AppliedSets } from './messages.ts';

/** The rules of one job, every one compiled once. */
export interface RulesOfJob {
  applied: AppliedRules[];
  /** Only for a job with sets. */
  sets?: AppliedSets;
  trades: ReadonlySet<Trade>;
  parser: Parser | undefined;
  /** What to match in a file. Own rules come apart: they run last, each announced. */
  of(file: string, family: Family): { shipped: readonly CompiledRule[]; own: readonly CompiledRule[] };
  /** Whether a shipped rule that is no syntax rule is asked for in a file. */
  wants(rule: string, file: string): boolean;
}

/** Loads the packs that the job's trades, or its sets, and its files need. */
export async function openRules(job: AnalysisJob): Promise<RulesOfJob> {
  const { sets } = job;
  const families = new Set(job.files.map((f) => familyOf(f)?.family).filter((f) => f !== undefined));
  const parser = families.size === 0 ? undefined : await openParser();
  const trades = new Set(sets === undefined ? tradesOf(job.trades) : tradesUsed(sets));
  const uses = sets === undefined ? undefined : usesOf(sets);
  const isChosen =
    uses === undefined ? chosenBy(job.trades) : (id: string) => uses.some((use) => means(use, id));
  const shipped = new Map<Family, CompiledRule[]>();
  const applied: AppliedRules[] = [];
  for (const family of families) {
    shipped.set(family, []);
    for (const trade of trades) {
      const chosen = await loadPack(trade, family, isChosen);
      shipped.get(family)!.push(...chosen.map((text) => compileRule(text, parser!)));
      const severities = Object.fromEntries(chosen.map(({ id, severity }) => [id, severity]));
      if (chosen.length > 0) applied.push({ trade, family, rules: chosen.length, severities });
    }
  }
  if (sets === undefined) {
    return {
      applied,
      trades,
      parser,
      of: (_file, family) => ({ shipped: shipped.get(family)!, own: [] }),
      wants: isChosen,
    };
  }
  const own =
    parser === undefined ? { rules: [], problems: [] } : compileOwnRules(sets, job.stopped ?? [], parser);
  const problems: RuleProblem[] = [...own.problems, ...(await unknownUses(sets))];
  const setsOf = setMatcher(sets);
  const asksFor = (set: RuleSet, id: string) =>
    set.rules.some((rule) => !isOwn(rule) && means(rule.uses, id));
  const wants = (rule: string, file: string) => setsOf(file).some((set) => asksFor(set, rule));
  return {
    applied,
    sets: { own: own.rules.map(({ text, family }) => ({ rule: text.id, family })), problems },
    trades,
    parser,
    of(file, family) {
      const here = setsOf(file);
      return {
        shipped: shipped.get(family)!.filter(({ text }) => here.some((set) => asksFor(set, text.id))),
        own: own.rules.filter(
          (rule) => rule.family === family && here.some(({ id }) => rule.text.id.startsWith(`${id}/`)),
        ),
      };
    },
    wants,
  };
}
