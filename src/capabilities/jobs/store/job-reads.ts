import type { Sql, SqlValue } from '../../../platform/database/index.ts';
import { jobStatuses, type JobStatus } from '../contract/index.ts';
import { jobErrors } from '../errors.ts';
import type { Job } from './job.ts';
import { orderNumber } from './job-queue.ts';
import { jobOfRow, type JobRow } from './job-rows.ts';
import type { FinishedJob, JobCounts, JobFilter } from './job-store.ts';

export async function getJob(sql: Sql, jobId: string): Promise<Job | undefined> {
  const row = await sql.get<JobRow>('SELECT * FROM jobs WHERE id = ?', [jobId]);
  return row === undefined ? undefined : jobOfRow(row);
}

// What a poll shows. Reading all columns took a third longer, and a context can be a hundred kilobytes.
const stateColumns = `id, project, persona, status, priority, chain, attempt, created_at, started_at, ended_at, phase,
  percent, message, eta_ms, tool_calls, tokens_input, tokens_output, cost_usd, model, retry_of, error_code,
  error_message, error_remedy, partial_result, result, lease_until`;

const notRead = {
  crashes: 0,
  lease_owner: null,
  size_bytes: 0,
  persona_hash: '',
  caller: '',
  task: '',
  context: null,
  revises: null,
  result_data: null,
} as const;

type StateRow = Omit<JobRow, keyof typeof notRead>;

export async function getJobState(sql: Sql, jobId: string): Promise<Job | undefined> {
  const row = await sql.get<StateRow>(`SELECT ${stateColumns} FROM jobs WHERE id = ?`, [jobId]);
  return row === undefined ? undefined : jobOfRow({ ...notRead, ...row });
}

const fullIdLength = 36;

/** Errors: `jobs.not_found`, `jobs.ambiguous_id`. */
export async function resolveJobId(sql: Sql, project: string, idOrEnding: string): Promise<string> {
  const jobId = idOrEnding.toLowerCase();
  if (jobId.length === fullIdLength || !/^[0-9a-f-]+$/.test(jobId)) {
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
): Promise<Job[]> {
  const bySeveral = filter.persona !== undefined && filter.status === undefined;
  const filters = bySeveral ? jobStatuses.map((status) => ({ ...filter, status })) : [filter];
  const parts = filters.map((part) => newestOf(part, page));
  const rows = await sql.all<JobRow>(
    bySeveral
      ? `SELECT * FROM (${parts.map(({ text }, n) => `SELECT * FROM (${text}) AS part_${n}`).join(' UNION ALL ')}) AS newest
         ORDER BY id DESC LIMIT ?`
      : parts[0]!.text,
    [...parts.flatMap(({ values }) => values), ...(bySeveral ? [page.limit] : [])],
  );
  return rows.map(jobOfRow);
}

function newestOf(
  filter: JobFilter,
  { limit, before }: { limit: number; before?: string | undefined },
): { text: string; values: SqlValue[] } {
  const { text, values } = where(filter);
  const older = before === undefined ? '' : 'AND id < ?';
  return {
    text: `SELECT * FROM jobs WHERE ${text} ${older} ORDER BY id DESC LIMIT ?`,
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

export async function readQueuePosition(sql: Sql, job: Job): Promise<number> {
  const order = orderNumber(job.priority, job.createdAt);
  const row = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM jobs WHERE project = ? AND status = 'pending'
       AND (order_number < ? OR (order_number = ? AND id < ?))`,
    [job.project, order, order, job.id],
  );
  return row!.n + 1;
}

/** Only jobs done in one go: what lay idle between two attempts, or began behind another's steps, tells no duration. */
export async function readFinished(
  sql: Sql,
  project: string,
  persona: string,
  limit: number,
): Promise<FinishedJob[]> {
  const rows = await sql.all<{ started_at: number; ended_at: number; size_bytes: number }>(
    `SELECT started_at, ended_at, size_bytes FROM jobs
     WHERE project = ? AND persona = ? AND status = 'complete' AND attempt = 1 AND retry_of IS NULL
     ORDER BY id DESC LIMIT ?`,
    [project, persona, limit],
  );
  return rows.map((row) => ({
    durationMs: Math.max(0, row.ended_at - row.started_at),
    sizeBytes: row.size_bytes,
  }));
}
