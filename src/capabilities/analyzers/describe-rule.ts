import { familyNames, trades, type Evidence, type Family, type RuleClaim } from './evidence.ts';
import { familyOfRule } from './contract/index.ts';
import { loadPack } from './rules/load-packs.ts';
import type { RuleText } from './rules/rule-schema.ts';
import { secretRule } from './secrets/secrets-analyzer.ts';
import { structureRuleSummaries } from './structure/structure-rules.ts';

/** A weakness that rules of one or several languages look for. */
export interface RuleDescription extends RuleClaim {
  /** `<trade>/<name>`, which means the rule in every language that has it. */
  family: string;
  analyzer: Evidence['analyzer'];
  /** By language; empty for what is no syntax. */
  examples: RuleExamples[];
}

/** A rule in one language: what it says there, and code for it. */
export interface RuleExamples extends Pick<RuleClaim, 'title' | 'why' | 'remedy' | 'reference'> {
  language: Family;
  /** Code that the rule reports. */
  fires: readonly string[];
  /** Code that does what the remedy says: to be copied. */
  model: string;
  /** Code that the rule leaves alone, for whatever reason. */
  clean: readonly string[];
}

/**
 * What a shipped rule is about, by its id or its family, with the examples of each language that has it; `undefined`
 * for what nobody ships. Errors: `analyzers.bad_pack`.
 */
export async function describeRule(rule: string): Promise<RuleDescription | undefined> {
  const family = familyOfRule(rule);
  const trade = trades.find((name) => name === family.split('/')[0]);
  if (trade === undefined) return undefined;
  const isMeant = (id: string) => familyOfRule(id) === family;
  const packs = await Promise.all(
    familyNames.map(async (language) => ({ language, rules: await loadPack(trade, language, isMeant) })),
  );
  const found = packs.flatMap(({ language, rules }) => rules.map((text) => ({ language, text })));
  const first = found[0]?.text;
  if (first !== undefined) {
    const { severity, title, why, remedy, reference } = first;
    const examples = found.map(({ language, text }) => examplesOf(language, text));
    const about = { family, trade, severity, title, why, remedy, analyzer: 'syntax' as const, examples };
    return reference === undefined ? about : { ...about, reference };
  }
  const other = [secretRule, ...structureRuleSummaries()].find(({ id }) => familyOfRule(id) === family);
  if (other === undefined) return undefined;
  const { id: _id, family: _language, ...about } = other;
  return { ...about, family, examples: [] };
}

function examplesOf(language: Family, { title, why, remedy, reference, cases }: RuleText): RuleExamples {
  const { fires, model, clean } = cases;
  const about = { language, title, why, remedy, fires, model: model ?? clean[0]!, clean };
  return reference === undefined ? about : { ...about, reference };
}
