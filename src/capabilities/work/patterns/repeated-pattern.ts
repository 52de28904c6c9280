import { familyOfRule } from '../../analyzers/contract/index.ts';
import type { Severity } from '../contract/index.ts';

/** How many places of one rule make it worth a standard. */
export const standardFrom = 3;

/** A place that a rule flags, by the analyzer or by a finding that it supports. */
export interface FlaggedPlace {
  rule: string;
  severity: Severity;
  file: string;
  line: number;
  quote: string;
  /** For a rule that compares places: what most of them have. */
  usual?: string | undefined;
}

/** A rule that flags several places, in whatever languages. */
export interface RepeatedPattern {
  /** `<trade>/<name>`. */
  family: string;
  places: readonly FlaggedPlace[];
}

const weights: Record<Severity, number> = { critical: 8, high: 4, medium: 2, low: 1 };
/** More places than this make a pattern no more worth a standard. */
const countedPlaces = 20;
/** A pattern of the persona's own trade comes before one of a trade it looks at as well. */
const ownTradeWeight = 1.5;

/**
 * Patterns at `standardFrom` places and more, the one most worth a standard first: by severity and number of places,
 * those of the first of the trades before others. Each place counts once.
 */
export function repeatedPatterns(
  places: readonly FlaggedPlace[],
  trades: readonly string[],
): RepeatedPattern[] {
  const patterns = [...Map.groupBy(places, ({ rule }) => familyOfRule(rule))]
    .map(([family, all]) => ({
      family,
      places: [...new Map(all.map((place) => [`${place.file}:${place.line}`, place])).values()],
    }))
    .filter((pattern) => pattern.places.length >= standardFrom);
  const worth = ({ family, places: at }: RepeatedPattern) =>
    Math.max(...at.map(({ severity }) => weights[severity])) *
    Math.min(at.length, countedPlaces) *
    (family.split('/')[0] === trades[0]?.split('/')[0] ? ownTradeWeight : 1);
  return patterns.sort((a, b) => worth(b) - worth(a) || (a.family < b.family ? -1 : 1));
}
