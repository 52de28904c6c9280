import type { Sql } from '../../../platform/database/index.ts';
import { endedStatuses } from '../transitions.ts';
import type { RetentionLimits } from './job-store.ts';

const condition = endedStatuses.map((status) => `(status = '${status}' AND ended_at < ?)`).join(' OR ');

const values = (before: RetentionLimits) => endedStatuses.map((status) => before[status]);

/** Only ended jobs, by the time they ended; their steps go with them. */
export function deleteEndedJobs(sql: Sql, project: string, before: RetentionLimits): Promise<number> {
  return sql.run(`DELETE FROM jobs WHERE project = ? AND (${condition})`, [project, ...values(before)]);
}

export async function countEndedJobs(sql: Sql, project: string, before: RetentionLimits): Promise<number> {
  const row = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM jobs WHERE project = ? AND (${condition})`,
    [project, ...values(before)],
  );
  return row!.n;
}

/** Deletes the events of jobs that are no longer there, whatever project they were of; resolves to how many. */
export function deleteEventsOfDeletedJobs(sql: Sql): Promise<number> {
  return sql.run("DELETE FROM events WHERE name LIKE 'jobs.%' AND entity_id NOT IN (SELECT id FROM jobs)");
}
