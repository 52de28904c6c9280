import { familyNames, trades, type RuleSummary } from './evidence.ts';
import { loadPack } from './rules/load-packs.ts';
import { secretRule } from './secrets/secrets-analyzer.ts';
import { structureRuleSummaries } from './structure/structure-rules.ts';

/** Every rule there is: the packs', by trade and family, then the secrets' and the structure's. */
export async function listRules(): Promise<RuleSummary[]> {
  const packs = await Promise.all(
    trades.flatMap((trade) =>
      familyNames.map(async (family) =>
        (await loadPack(trade, family)).map(
          ({ id, severity, title, why, remedy, reference }): RuleSummary => ({
            id,
            trade,
            family,
            severity,
            title,
            why,
            remedy,
            ...(reference === undefined ? {} : { reference }),
            analyzer: 'syntax',
          }),
        ),
      ),
    ),
  );
  return [...packs.flat(), { ...secretRule }, ...structureRuleSummaries()];
}
