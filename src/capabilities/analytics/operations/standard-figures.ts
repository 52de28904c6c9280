import {
  readAll,
  unfoundStandards,
  type StandardsLibrary,
  type StandardUses,
} from '../../standards/index.ts';
import type { Metrics } from '../contract/index.ts';

/** Where the figures of standards come from. */
export interface StandardFigureSources {
  library: StandardsLibrary;
  uses: StandardUses;
}

const dayMs = 86_400_000;
const mostFoundShown = 10;

/** What is known of standards and the search over them, in the last `days` days before `now`. */
export async function standardFigures(
  { library, uses }: StandardFigureSources,
  { now, days }: { now: number; days: number },
): Promise<Omit<Metrics['standards'], 'searches_by_personas'>> {
  const [{ entries, standards }, found, searches] = await Promise.all([
    readAll(library, ({ layer }) => layer !== 'universal'),
    uses.uses(days),
    uses.searches(days),
  ]);
  const unfound = await unfoundStandards(standards, { library, uses }, { found, now });
  const firstDay = new Date(now - (days - 1) * dayMs).toISOString().slice(0, 10);
  const count = (figure: 'searches' | 'withoutHit') => searches.reduce((sum, day) => sum + day[figure], 0);
  return {
    files: entries.length,
    approved: standards.filter(({ approval }) => approval === 'approved').length,
    retired: standards.filter(({ document }) => document.status === 'retired').length,
    created: standards.filter(({ document }) => createdOn(document.createdAt) >= firstDay).length,
    searches: count('searches'),
    searches_without_hit: count('withoutHit'),
    searches_per_day: Math.round((count('searches') / days) * 100) / 100,
    most_found: [...found.values()]
      .sort((a, b) => b.times - a.times || (a.standardId < b.standardId ? -1 : 1))
      .slice(0, mostFoundShown)
      .map(({ standardId, times }) => ({ standard: standardId, times })),
    never_found: unfound.neverFound,
    too_new: unfound.tooNew,
  };
}

/** The day that a standard says it was created on, `YYYY-MM-DD`; empty where it says none. */
const createdOn = (createdAt: string | null) => /^\d{4}-\d\d-\d\d/.exec(createdAt ?? '')?.[0] ?? '';
