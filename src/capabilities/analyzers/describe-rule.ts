import { familyNames, trades, type Evidence, type Family, type Severity, type Trade } from './evidence.ts';
import { loadPack } from './rules/load-packs.ts';
import { secretRule } from './secrets/secrets-analyzer.ts';
import { structureRuleSummaries } from './structure/structure-rules.ts';

/** A weakness that rules of one or several languages look for. */
export interface RuleDescription {
  /** `<trade>/<name>`, which means the rule in every language that has it. */
  family: string;
  trade: Trade;
  severity: Severity;
  title: string;
  why: string;
  remedy: string;
  reference?: string;
  analyzer: Evidence['analyzer'];
  /** Code that the rule reports, and code that it leaves alone; empty for what is no syntax. */
  examples: { language: Family; fires: readonly string[]; clean: readonly string[] }[];
}

/** `architecture/any/import-cycle` and `architecture/import-cycle` are the family `architecture/import-cycle`. */
export function familyOfRule(rule: string): string {
  const parts = rule.split('/');
  return parts.length === 3 ? `${parts[0]}/${parts[2]}` : rule;
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
    const examples = found.map(({ language, text }) => ({ language, ...text.cases }));
    const about = { family, trade, severity, title, why, remedy, analyzer: 'syntax' as const, examples };
    return reference === undefined ? about : { ...about, reference };
  }
  const other = [secretRule, ...structureRuleSummaries()].find(({ id }) => familyOfRule(id) === family);
  if (other === undefined) return undefined;
  const { id: _id, family: _language, ...about } = other;
  return { ...about, family, examples: [] };
}
