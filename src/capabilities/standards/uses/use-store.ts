/** Days are counted since 1970, UTC. */
export interface UseCounts {
  /** How often searches returned each standard, by day, since the last write. */
  uses: readonly { standardId: string; day: number; times: number; lastAt: number }[];
  /** Searches by day, and those of them that found nothing. */
  searches: readonly { day: number; searches: number; withoutHit: number }[];
}

/** How often a standard was returned by searches within the days that are kept. */
export interface StandardUse {
  standardId: string;
  times: number;
  /** Milliseconds since 1970. */
  lastAt: number;
}

/** The searches of one day (since 1970, UTC), and those of them that found nothing. */
export interface SearchesOfDay {
  day: number;
  searches: number;
  withoutHit: number;
}

/** Where the uses of standards are kept. Several processes add at once; no count is lost. */
export interface UseStore {
  /** Adds to what is there: all of it, or nothing. Errors: `database.*`. */
  add(project: string, counts: UseCounts): Promise<void>;
  /** Standards that were returned on `sinceDay` or later, each once, by id. */
  uses(project: string, sinceDay: number): Promise<StandardUse[]>;
  /** Days with searches, oldest first, from `sinceDay` on. */
  searches(project: string, sinceDay: number): Promise<SearchesOfDay[]>;
  /** Deletes everything before a day. Returns the number of rows. */
  deleteBefore(project: string, day: number): Promise<number>;
}
