import type { Sql } from '../../../platform/database/index.ts';
import { deleteEventsBefore, deleteEventsWhere, type DeletionPace } from '../../../platform/events/index.ts';
import { endedStatuses } from '../transitions.ts';
import type { RetentionLimits } from './job-store.ts';

const condition = endedStatuses.map((status) => `(status = '${status}' AND ended_at < ?)`).join(' OR ');

const values = (before: RetentionLimits) => endedStatuses.map((status) => before[status]);

/**
 * Only ended jobs, by the time they ended; their steps go with them. In batches, in the order of an index: a table of many
 * young jobs is walked through once.
 */
export async function deleteEndedJobs(
  sql: Sql,
  project: string,
  before: RetentionLimits,
  { batch, giveTurn }: DeletionPace,
): Promise<number> {
  let deleted = 0;
  for (const status of endedStatuses) {
    const ended = `project = ? AND status = '${status}' AND ended_at < ?`;
    const which = [project, before[status]];
    for (let after = ''; ; await giveTurn()) {
      const ids = await sql.all<{ id: string }>(
        `SELECT id FROM jobs WHERE ${ended} AND id > ? ORDER BY id LIMIT ?`,
        [...which, after, batch],
      );
      const last = ids.at(-1)?.id;
      if (last === undefined) break;
      deleted += await sql.run(`DELETE FROM jobs WHERE ${ended} AND id > ? AND id <= ?`, [
        ...which,
        after,
        last,
      ]);
      if (ids.length < batch) break;
      after = last;
    }
  }
  return deleted;
}

export async function countEndedJobs(sql: Sql, project: string, before: RetentionLimits): Promise<number> {
  const row = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM jobs WHERE project = ? AND (${condition})`,
    [project, ...values(before)],
  );
  return row!.n;
}

/**
 * Deletes events older than `before` (milliseconds since 1970); resolves to how many. A SQLite file has one project; on
 * PostgreSQL those of others stay, whose days may be more: of their jobs while they are there, of anything else for good.
 */
export function deleteOldEvents(
  sql: Sql,
  project: string,
  before: number,
  pace: DeletionPace,
): Promise<number> {
  if (sql.dialect === 'sqlite') return deleteEventsBefore(sql, before, pace);
  const text = `CASE WHEN name LIKE 'jobs.%'
      THEN NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.id = events.entity_id AND jobs.project <> ?)
      ELSE payload::json ->> 'project' = ? END`;
  return deleteEventsBefore(sql, before, pace, { text, parameters: [project, project] });
}

/** Deletes the events of jobs that are no longer there, whatever project they were of; resolves to how many. */
export function deleteEventsOfDeletedJobs(sql: Sql, pace: DeletionPace): Promise<number> {
  return deleteEventsWhere(sql, "name LIKE 'jobs.%' AND entity_id NOT IN (SELECT id FROM jobs)", [], pace);
}
