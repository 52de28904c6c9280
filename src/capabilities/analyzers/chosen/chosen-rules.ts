import { analyzerErrors } from '../errors.ts';
import { toAppError } from '../../../kernel/index.ts';
import { compileGlob, type GlobMatcher } from '../../../platform/files/index.ts';
import { familyNames, trades, type Family, type Trade } from '../evidence.ts';
import type { CompiledRule } from '../rules/compiled-rule.ts';
import { loadPack } from '../rules/load-packs.ts';
import type { Parser } from '../rules/parser.ts';
import { secretRule } from '../secrets/secrets-analyzer.ts';
import { structureRuleSummaries } from '../structure/structure-rules.ts';
import { compileOwnRule } from './own-rule.ts';
import type { OwnRule, RuleProblem, RuleSet, ShippedRule } from './rule-set.ts';

/** Own rules that are ready to match, and why others are not. */
export interface OwnRules {
  rules: CompiledRule[];
  problems: RuleProblem[];
}

export const isOwn = (rule: ShippedRule | OwnRule): rule is OwnRule => !('uses' in rule);

/** Whether a shipped rule is meant: by its id, or in every language as `<trade>/<name>`. */
export function means(uses: string, id: string): boolean {
  if (uses === id) return true;
  const [trade, name, more] = uses.split('/');
  if (more !== undefined || name === undefined) return false;
  const [ofTrade, , ofName] = id.split('/');
  return trade === ofTrade && name === ofName;
}

/** The trades whose rules the sets use. */
export function tradesUsed(sets: readonly RuleSet[]): Trade[] {
  const named = new Set(usesOf(sets).map((uses) => uses.split('/')[0]));
  return trades.filter((trade) => named.has(trade));
}

export function usesOf(sets: readonly RuleSet[]): string[] {
  return sets.flatMap(({ rules }) => rules.flatMap((rule) => (isOwn(rule) ? [] : [rule.uses])));
}

/** Compiles the own rules of these families; those that `stopped` names stay out. */
export function compileOwnRules(
  sets: readonly RuleSet[],
  stopped: readonly string[],
  parser: Parser,
): OwnRules {
  const rules: CompiledRule[] = [];
  const problems: RuleProblem[] = [];
  for (const { id: set, rules: given } of sets) {
    for (const own of given.filter(isOwn)) {
      if (stopped.includes(`${set}/${own.id}`)) continue;
      try {
        rules.push(compileOwnRule(own, set, parser));
      } catch (error) {
        const { code, message } = toAppError(error);
        problems.push({ set, rule: own.id, code, message, ...placeOf(own) });
      }
    }
  }
  return { rules, problems };
}

/** Which sets are for a file. A glob that cannot be read matches nothing; whoever makes the sets refuses it first. */
export function setMatcher(sets: readonly RuleSet[]): (file: string) => RuleSet[] {
  const matchers = sets.map((set) => ({ set, globs: set.appliesTo.map(safeGlob) }));
  return (file) =>
    matchers
      .filter(({ globs }) => globs.length === 0 || globs.some((matches) => matches(file)))
      .map(({ set }) => set);
}

function safeGlob(glob: string): GlobMatcher {
  try {
    return compileGlob(glob);
  } catch {
    return () => false;
  }
}

/**
 * What the sets use and nobody ships. `known` are the rules already loaded; the packs of other languages are looked
 * at only for what is not among them.
 */
export async function unknownUses(
  sets: readonly RuleSet[],
  known: readonly string[],
): Promise<RuleProblem[]> {
  const anyFamily = [secretRule.id, ...structureRuleSummaries().map(({ id }) => id)];
  const here = [...known, ...anyFamily];
  const packs = new Map<Trade, string[]>();
  const idsOf = async (trade: Trade) => {
    const ids = packs.get(trade) ?? (await Promise.all(familyNames.map((f) => idsIn(trade, f)))).flat();
    packs.set(trade, ids);
    return ids;
  };
  const problems: RuleProblem[] = [];
  for (const { id: set, rules } of sets) {
    for (const rule of rules) {
      if (isOwn(rule) || here.some((id) => means(rule.uses, id))) continue;
      const trade = trades.find((name) => name === rule.uses.split('/')[0]);
      if (trade !== undefined && (await idsOf(trade)).some((id) => means(rule.uses, id))) continue;
      const { code, message } = analyzerErrors.make('analyzers.unknown_rule', { uses: rule.uses });
      problems.push({ set, rule: rule.uses, code, message, ...placeOf(rule) });
    }
  }
  return problems;
}

async function idsIn(trade: Trade, family: Family): Promise<string[]> {
  return (await loadPack(trade, family)).map(({ id }) => id);
}

export function placeOf({ line }: { line?: number }): { line?: number } {
  return line === undefined ? {} : { line };
}
