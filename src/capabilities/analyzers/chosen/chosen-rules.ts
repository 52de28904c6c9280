import { analyzerErrors } from '../errors.ts';
import { toAppError } from '../../../kernel/index.ts';
import { compileScope } from '../../../platform/files/index.ts';
import { trades, type Trade } from '../evidence.ts';
import type { CompiledRule } from '../rules/compiled-rule.ts';
import type { Parser } from '../rules/parser.ts';
import { shippedIds } from '../shipped-ids.ts';
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
  const matchers = sets.map((set) => ({ set, isFor: compileScope(set.appliesTo) }));
  return (file) => matchers.filter(({ isFor }) => isFor(file)).map(({ set }) => set);
}

/** What the sets use and nobody ships. */
export async function unknownUses(sets: readonly RuleSet[]): Promise<RuleProblem[]> {
  const shipped = await shippedIds(tradesUsed(sets));
  return sets.flatMap(({ id: set, rules }) =>
    rules.flatMap((rule): RuleProblem[] => {
      if (isOwn(rule) || shipped.some((id) => means(rule.uses, id))) return [];
      const { code, message } = analyzerErrors.make('analyzers.unknown_rule', { uses: rule.uses });
      return [{ set, rule: rule.uses, code, message, ...placeOf(rule) }];
    }),
  );
}

export function placeOf({ line }: { line?: number }): { line?: number } {
  return line === undefined ? {} : { line };
}
