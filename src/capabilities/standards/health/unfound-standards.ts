import type { ReadStandard } from '../library/read-all.ts';
import type { StandardsLibrary } from '../library/standards-library.ts';
import type { StandardUses } from '../uses/standard-uses.ts';

/** Days in which searches could have found a standard, before it counts as never found. */
export const freshDays = 30;

const dayMs = 86_400_000;

/** The project's own standards in use that no search found, by id. */
export interface UnfoundStandards {
  /** Searches had their time to. */
  neverFound: string[];
  /** Approved, updated or counted for less than `freshDays`: nobody can tell. */
  tooNew: string[];
}

/**
 * Those of the standards that are not among what was `found`. Their age counts from when a person approved them last on
 * this machine, from their `last_updated`, or from the first search that was counted here, whichever is latest; where none
 * was, all are too new. `now` in milliseconds since 1970. Errors: `database.*`.
 */
export async function unfoundStandards(
  standards: readonly ReadStandard[],
  {
    library,
    uses,
  }: { library: Pick<StandardsLibrary, 'approvedAt'>; uses: Pick<StandardUses, 'countedSince'> },
  { found, now }: { found: Pick<ReadonlySet<string>, 'has'>; now: number },
): Promise<UnfoundStandards> {
  const unfound = standards.filter(
    ({ entry, document }) =>
      entry.layer !== 'universal' && document.status === 'active' && !found.has(entry.id),
  );
  if (unfound.length === 0) return { neverFound: [], tooNew: [] };
  const [approvedAt, countedSince = now] = await Promise.all([library.approvedAt(), uses.countedSince()]);
  const isFresh = ({ entry, document }: ReadStandard) => {
    // A moment that nobody can read, or that lies ahead, says nothing.
    const updated = Date.parse(document.lastUpdated ?? '');
    const moments = [countedSince, approvedAt.get(entry.id) ?? 0, updated <= now ? updated : 0];
    return now - Math.max(...moments) < freshDays * dayMs;
  };
  const idsOf = (some: readonly ReadStandard[]) => some.map(({ entry }) => entry.id);
  return {
    neverFound: idsOf(unfound.filter((one) => !isFresh(one))),
    tooNew: idsOf(unfound.filter(isFresh)),
  };
}
