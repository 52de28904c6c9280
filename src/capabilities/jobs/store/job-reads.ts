import type { Sql, SqlValue } from '../../../platform/database/index.ts';
import { jobStatuses, type JobStatus } from '../contract/index.ts';
import { isIdOrEnding, jobErrors } from '../errors.ts';
import type { Job, ListedJob, PolledJob } from './job.ts';
import { orderNumber } from './job-queue.ts';
import {
  jobOfRow,
  listedColumns,
  listedOfRow,
  polledColumns,
  polledOfRow,
  type JobRow,
  type ListedRow,
  type PolledRow,
} from './job-rows.ts';
import type { FinishedJob, JobCounts, JobFilter, JobKind, QueuedJob } from './job-store.ts';

export async function getJob(sql: Sql, jobId: string): Promise<Job | undefined> {
  const row = await sql.get<JobRow>('SELECT * FROM jobs WHERE id = ?', [jobId]);
  return row === undefined ? undefined : jobOfRow(row);
}

const polled = polledColumns.join(', ');
const listed = listedColumns.join(', ');

export async function getPolledJob(sql: Sql, jobId: string): Promise<PolledJob | undefined> {
  const row = await sql.get<PolledRow>(`SELECT ${polled} FROM jobs WHERE id = ?`, [jobId]);
  return row === undefined ? undefined : polledOfRow(row);
}

const fullIdLength = 36;

/** Errors: `jobs.not_found`, `jobs.ambiguous_id`. */
export async function resolveJobId(sql: Sql, project: string, idOrEnding: string): Promise<string> {
  const jobId = idOrEnding.toLowerCase();
  if (jobId.length >= fullIdLength || !isIdOrEnding(jobId)) {
    const known = await sql.get('SELECT 1 FROM jobs WHERE id = ? AND project = ?', [jobId, project]);
    if (known === undefined) throw jobErrors.make('jobs.not_found', { jobId: idOrEnding });
    return jobId;
  }
  const rows = await sql.all<{ id: string }>(
    'SELECT id FROM jobs WHERE project = ? AND id LIKE ? ORDER BY id LIMIT 4',
    [project, `%${jobId}`],
  );
  if (rows.length === 0) throw jobErrors.make('jobs.not_found', { jobId: idOrEnding });
  if (rows.length > 1) {
    throw jobErrors.make('jobs.ambiguous_id', { jobId: idOrEnding, matches: rows.map((row) => row.id) });
  }
  return rows[0]!.id;
}

function where(filter: JobFilter): { text: string; values: SqlValue[] } {
  const parts = ['project = ?'];
  const values: SqlValue[] = [filter.project];
  if (filter.status !== undefined) {
    parts.push('status = ?');
    values.push(filter.status);
  }
  if (filter.persona !== undefined) {
    parts.push('persona = ?');
    values.push(filter.persona);
  }
  return { text: parts.join(' AND '), values };
}

/**
 * Newest first: ids sort by the time they were made. Jobs of one persona are read status by status and merged, since
 * the index that counts them is in that order; each part ends after a page.
 */
export async function listJobs(
  sql: Sql,
  filter: JobFilter,
  page: { limit: number; before?: string | undefined },
): Promise<ListedJob[]> {
  const bySeveral = filter.persona !== undefined && filter.status === undefined;
  const filters = bySeveral ? jobStatuses.map((status) => ({ ...filter, status })) : [filter];
  const parts = filters.map((part) => newestOf(part, page));
  const rows = await sql.all<ListedRow>(
    bySeveral
      ? `SELECT * FROM (${parts.map(({ text }, n) => `SELECT * FROM (${text}) AS part_${n}`).join(' UNION ALL ')}) AS newest
         ORDER BY id DESC LIMIT ?`
      : parts[0]!.text,
    [...parts.flatMap(({ values }) => values), ...(bySeveral ? [page.limit] : [])],
  );
  return rows.map(listedOfRow);
}

function newestOf(
  filter: JobFilter,
  { limit, before }: { limit: number; before?: string | undefined },
): { text: string; values: SqlValue[] } {
  const { text, values } = where(filter);
  const older = before === undefined ? '' : 'AND id < ?';
  return {
    text: `SELECT ${listed} FROM jobs WHERE ${text} ${older} ORDER BY id DESC LIMIT ?`,
    values: [...values, ...(before === undefined ? [] : [before]), limit],
  };
}

// One project alone in its database, as on SQLite, is counted by the pages of the table instead of row by row.
const countAll = `SELECT CASE
    WHEN EXISTS (SELECT 1 FROM jobs WHERE project < ?) OR EXISTS (SELECT 1 FROM jobs WHERE project > ?)
    THEN (SELECT count(*) FROM jobs WHERE project = ?)
    ELSE (SELECT count(*) FROM jobs)
  END AS n`;

export async function countJobs(sql: Sql, filter: JobFilter): Promise<number> {
  const { text, values } = where(filter);
  const unfiltered = filter.status === undefined && filter.persona === undefined;
  const row = unfiltered
    ? await sql.get<{ n: number }>(countAll, [filter.project, filter.project, filter.project])
    : await sql.get<{ n: number }>(`SELECT count(*) AS n FROM jobs WHERE ${text}`, values);
  return row!.n;
}

export async function readCounts(sql: Sql, project: string): Promise<JobCounts> {
  const rows = await sql.all<{ status: JobStatus; n: number }>(
    'SELECT status, count(*) AS n FROM jobs WHERE project = ? GROUP BY status',
    [project],
  );
  const oldest = await sql.get<{ created_at: number }>(
    'SELECT created_at FROM jobs WHERE project = ? ORDER BY id LIMIT 1',
    [project],
  );
  const byStatus = Object.fromEntries(jobStatuses.map((status) => [status, 0])) as Record<JobStatus, number>;
  for (const row of rows) byStatus[row.status] = row.n;
  const total = rows.reduce((sum, row) => sum + row.n, 0);
  return { byStatus, total, oldestCreatedAt: oldest?.created_at ?? null };
}

export async function readQueuePosition(sql: Sql, job: QueuedJob): Promise<number> {
  const order = orderNumber(job.priority, job.createdAt);
  const row = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM jobs WHERE project = ? AND status = 'pending'
       AND (order_number < ? OR (order_number = ? AND id < ?))`,
    [job.project, order, order, job.id],
  );
  return row!.n + 1;
}

/** How many of a persona's newest complete jobs are looked through: whoever creates a job waits for it. */
const historyWindow = 200;

/** Only jobs done in one go: what lay idle between two attempts, or began behind another's steps, tells no duration. */
export async function readFinished(
  sql: Sql,
  { project, persona, chain }: JobKind,
  limit: number,
): Promise<FinishedJob[]> {
  const rows = await sql.all<{ started_at: number; ended_at: number; size_bytes: number }>(
    `SELECT started_at, ended_at, size_bytes FROM (
       SELECT id, chain, attempt, retry_of, started_at, ended_at, size_bytes FROM jobs
       WHERE project = ? AND persona = ? AND status = 'complete' ORDER BY id DESC LIMIT ${historyWindow}
     ) AS newest WHERE chain = ? AND attempt = 1 AND retry_of IS NULL ORDER BY id DESC LIMIT ?`,
    [project, persona, chain, limit],
  );
  return rows.map((row) => ({
    durationMs: Math.max(0, row.ended_at - row.started_at),
    sizeBytes: row.size_bytes,
  }));
}
