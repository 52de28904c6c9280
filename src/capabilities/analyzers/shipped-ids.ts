import { familyOfRule } from './contract/index.ts';
import { familyNames, trades, type Trade } from './evidence.ts';
import { idsInPack } from './rules/load-packs.ts';
import { secretRule } from './secrets/secrets-analyzer.ts';
import { structureRuleSummaries } from './structure/structure-rules.ts';

/** The ids of all rules of these trades: the packs', the secrets' and the structure's. No rule is parsed. */
export async function shippedIds(ofTrades: readonly Trade[]): Promise<string[]> {
  const anyFamily = [secretRule, ...structureRuleSummaries()].filter(({ trade }) => ofTrades.includes(trade));
  const packs = ofTrades.flatMap((trade) => familyNames.map((family) => idsInPack(trade, family)));
  return [...anyFamily.map(({ id }) => id), ...(await Promise.all(packs)).flat()];
}

/** Every rule there is as `<trade>/<name>`, once, whatever languages have it. Cheap: no rule is parsed. */
export async function ruleNames(): Promise<string[]> {
  return [...new Set((await shippedIds(trades)).map(familyOfRule))];
}
