import type { Database } from '../../../platform/database/index.ts';
import type { SearchesOfDay, StandardUse, UseStore } from './use-store.ts';

/** The store by SQL that SQLite and PostgreSQL both read. */
export function sqlUseStore(database: Database): UseStore {
  return {
    async add(project, { uses, searches }) {
      // One order for all writers, or two of them could wait for each other.
      const inOrder = uses.toSorted((a, b) => a.day - b.day || (a.standardId < b.standardId ? -1 : 1));
      await database.transaction(async (tx) => {
        for (const { day, searches: count, withoutHit } of searches.toSorted((a, b) => a.day - b.day)) {
          await tx.run(
            `INSERT INTO standard_searches (project, day, searches, without_hit) VALUES (?, ?, ?, ?)
             ON CONFLICT (project, day) DO UPDATE SET
               searches = standard_searches.searches + excluded.searches,
               without_hit = standard_searches.without_hit + excluded.without_hit`,
            [project, day, count, withoutHit],
          );
        }
        for (const { day, standardId, times, lastAt } of inOrder) {
          await tx.run(
            `INSERT INTO standard_uses (project, day, standard_id, times, last_at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (project, day, standard_id) DO UPDATE SET
               times = standard_uses.times + excluded.times,
               last_at = CASE WHEN excluded.last_at > standard_uses.last_at
                 THEN excluded.last_at ELSE standard_uses.last_at END`,
            [project, day, standardId, times, lastAt],
          );
        }
      });
    },

    async uses(project, sinceDay) {
      return database.all<StandardUse>(
        `SELECT standard_id AS "standardId", CAST(sum(times) AS BIGINT) AS times, max(last_at) AS "lastAt"
         FROM standard_uses WHERE project = ? AND day >= ? GROUP BY standard_id ORDER BY standard_id`,
        [project, sinceDay],
      );
    },

    async searches(project, sinceDay) {
      return database.all<SearchesOfDay>(
        `SELECT day, searches, without_hit AS "withoutHit" FROM standard_searches
         WHERE project = ? AND day >= ? ORDER BY day`,
        [project, sinceDay],
      );
    },

    async deleteBefore(project, day) {
      return database.transaction(async (tx) => {
        const uses = await tx.run('DELETE FROM standard_uses WHERE project = ? AND day < ?', [project, day]);
        const searches = await tx.run('DELETE FROM standard_searches WHERE project = ? AND day < ?', [
          project,
          day,
        ]);
        return uses + searches;
      });
    },
  };
}
