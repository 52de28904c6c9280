import type { Clock } from '../../../kernel/index.ts';
import { lastingId } from '../document/standard-name.ts';
import type { StandardsSearch } from '../search/standards-search.ts';
import type { SearchesOfDay, StandardUse, UseCounts, UseStore } from './use-store.ts';

/** Counts how often each standard is found; what is counted is written a little later, beside any search. */
export interface StandardUses {
  /** Notes the answer of one search: what it returned, by `lastingId`. Never waits and never fails. */
  note(standardIds: readonly string[]): void;
  /** Uses of the last `days` days, today included, by `lastingId` of the standard. Errors: `database.*`. */
  uses(days: number): Promise<ReadonlyMap<string, StandardUse>>;
  /** Searches by day over the last `days` days, today included, oldest first. Errors: `database.*`. */
  searches(days: number): Promise<SearchesOfDay[]>;
  /** Begin of the first day kept with a search, milliseconds since 1970; `undefined` without one. Errors: `database.*`. */
  countedSince(): Promise<number | undefined>;
  /** Writes what is still in memory; later notes are not kept. Idempotent. */
  close(): Promise<void>;
}

/** Where uses are kept, how long, and how soon they are written. */
export interface StandardUsesOptions {
  store: UseStore;
  project: string;
  clock: Clock;
  /** Longest time a count waits in memory, milliseconds (`standards.write_uses_every_ms`). */
  writeEveryMs: number;
  /** Days that are kept (`standards.uses_days`); older ones are deleted with the first write of a day. */
  keepDays: number;
  /** Hears why a write failed; its counts go with the next. */
  onError: (error: unknown) => void;
}

const dayMs = 86_400_000;

/** Opens the counting; nothing is read or written before the first note. */
export function openStandardUses(options: StandardUsesOptions): StandardUses {
  const { store, project, clock, writeEveryMs, keepDays, onError } = options;
  const closing = new AbortController();
  const waiting = new WaitingCounts();
  let isScheduled = false;
  let tidiedOn = -1;
  let lastWrite: Promise<void> = Promise.resolve();
  const today = () => Math.floor(clock.now() / dayMs);

  /** One write after the other, so that whoever waits for the last has waited for all. */
  const write = () => (lastWrite = lastWrite.then(writeWaiting));

  async function writeWaiting(): Promise<void> {
    const counts = waiting.take();
    if (counts.searches.length === 0) return;
    try {
      await store.add(project, counts);
    } catch (error) {
      waiting.putBack(counts);
      onError(error);
      return;
    }
    if (tidiedOn === today()) return;
    tidiedOn = today();
    await store.deleteBefore(project, tidiedOn - keepDays + 1).catch(onError);
  }

  async function writeLater(): Promise<void> {
    isScheduled = true;
    // Closing writes at once.
    const slept = clock.sleep(writeEveryMs, { signal: closing.signal, unref: true }).then(
      () => true,
      () => false,
    );
    const isDue = await slept;
    isScheduled = false;
    if (isDue) await write();
  }

  return {
    note(standardIds) {
      if (closing.signal.aborted) return;
      waiting.add(today(), clock.now(), standardIds);
      if (!isScheduled) void writeLater();
    },
    async uses(days) {
      await write();
      const uses = await store.uses(project, today() - days + 1);
      return new Map(uses.map((use) => [use.standardId, use]));
    },
    async searches(days) {
      await write();
      return store.searches(project, today() - days + 1);
    },
    async countedSince() {
      await write();
      const [first] = await store.searches(project, 0);
      return first === undefined ? undefined : first.day * dayMs;
    },
    async close() {
      if (closing.signal.aborted) return;
      closing.abort();
      await write();
    },
  };
}

/** The search, with every answer counted. */
export function countedSearch(search: StandardsSearch, uses: StandardUses): StandardsSearch {
  return {
    async search(query, options) {
      const answer = await search.search(query, options);
      uses.note(answer.results.map(lastingId));
      return answer;
    },
  };
}

/** Counts that are not written yet; their number is bounded by the standards there are. */
class WaitingCounts {
  #uses = new Map<string, UseCounts['uses'][number]>();
  #searches = new Map<number, UseCounts['searches'][number]>();

  add(day: number, at: number, standardIds: readonly string[]): void {
    const withoutHit = standardIds.length === 0 ? 1 : 0;
    // A standard counts once for each search, however many of its parts were returned.
    const uses = [...new Set(standardIds)].map((standardId) => ({ standardId, day, times: 1, lastAt: at }));
    this.putBack({ uses, searches: [{ day, searches: 1, withoutHit }] });
  }

  putBack({ uses, searches }: UseCounts): void {
    for (const use of uses) {
      const key = `${use.day} ${use.standardId}`;
      const known = this.#uses.get(key);
      const times = use.times + (known?.times ?? 0);
      this.#uses.set(key, { ...use, times, lastAt: Math.max(use.lastAt, known?.lastAt ?? 0) });
    }
    for (const { day, searches: count, withoutHit } of searches) {
      const known = this.#searches.get(day) ?? { searches: 0, withoutHit: 0 };
      this.#searches.set(day, {
        day,
        searches: known.searches + count,
        withoutHit: known.withoutHit + withoutHit,
      });
    }
  }

  take(): UseCounts {
    const counts = { uses: [...this.#uses.values()], searches: [...this.#searches.values()] };
    this.#uses = new Map();
    this.#searches = new Map();
    return counts;
  }
}
