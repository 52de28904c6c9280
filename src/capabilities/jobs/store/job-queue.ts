import { firstIdAt } from '../../../kernel/index.ts';
import type { Sql, SqlValue } from '../../../platform/database/index.ts';
import type { JobPriority } from '../contract/index.ts';
import { jobErrors } from '../errors.ts';
import { jobMoves } from '../transitions.ts';
import type { NewJob } from './job.ts';
import { tellingStatement } from './job-moves.ts';
import type { JobRow } from './job-rows.ts';
import type { AdmissionLimits, ClaimRequest } from './job-store.ts';

/** How much earlier a job of a higher priority counts as created: five minutes a level, so that none starves. */
const headStartMs = { low: 0, normal: 300_000, high: 600_000 } as const satisfies Record<JobPriority, number>;

/** The queue's one order: creation time less the head start of the priority; the lowest is taken next. */
export function orderNumber(priority: JobPriority, createdAt: number): number {
  return createdAt - headStartMs[priority];
}

/** Refuses what the limits do not admit. Inside the transaction that inserts, so that no two slip past together. */
export async function admit(tx: Sql, job: NewJob, limits: AdmissionLimits): Promise<void> {
  if (limits.maxWaiting > 0) {
    const waiting = await countStatus(tx, job.project, 'pending', limits.maxWaiting);
    if (waiting >= limits.maxWaiting) {
      const running = await countStatus(tx, job.project, 'running', 1_000);
      throw jobErrors.make(
        'jobs.queue_full',
        { waiting, running, limit: limits.maxWaiting },
        { retryAfterMs: 30_000 },
      );
    }
  }
  if (limits.maxCreatedPerMinute > 0) {
    const recent = await recentCreations(tx, job, limits.maxCreatedPerMinute);
    if (recent.length >= limits.maxCreatedPerMinute) {
      const retryAfterMs = Math.max(0, recent.at(-1)!.created_at + 60_000 - job.createdAt);
      const facts = { created: recent.length, limit: limits.maxCreatedPerMinute };
      throw jobErrors.make('jobs.rate_limited', facts, { retryAfterMs });
    }
  }
}

async function countStatus(tx: Sql, project: string, status: string, atMost: number): Promise<number> {
  const row = await tx.get<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM jobs WHERE project = ? AND status = '${status}' LIMIT ?) AS counted`,
    [project, atMost],
  );
  return row!.n;
}

// Ids sort by time, so this is a short range of the primary key. A job created "in the future" (the clock was moved back since) does not count against anyone.
function recentCreations(tx: Sql, job: NewJob, limit: number): Promise<{ created_at: number }[]> {
  return tx.all(
    `SELECT created_at FROM jobs WHERE id >= ? AND id < ? AND project = ? AND caller = ? ORDER BY id DESC LIMIT ?`,
    [firstIdAt(job.createdAt - 60_000), firstIdAt(job.createdAt + 1), job.project, job.caller, limit],
  );
}

/** What a new job's row is made of, column by column; every other column begins as its table says. */
const inserted = {
  id: (job) => job.id,
  project: (job) => job.project,
  persona: (job) => job.persona,
  status: () => 'pending',
  priority: (job) => job.priority,
  order_number: (job) => orderNumber(job.priority, job.createdAt),
  chain: (job) => job.chain,
  created_at: (job) => job.createdAt,
  size_bytes: (job) => job.sizeBytes,
  persona_hash: (job) => job.personaHash,
  model: (job) => job.model,
  caller: (job) => job.caller,
  retry_of: (job) => job.retryOf,
  revises: (job) => job.revises,
  task: (job) => job.task,
  context: (job) => job.context,
} satisfies Partial<Record<keyof JobRow | 'order_number', (job: NewJob) => SqlValue>>;

const insertedValues: readonly ((job: NewJob) => SqlValue)[] = Object.values(inserted);
const insertStatement = `INSERT INTO jobs (${Object.keys(inserted).join(', ')})
  VALUES (${insertedValues.map(() => '?').join(', ')})`;

export async function insertJob(tx: Sql, job: NewJob): Promise<void> {
  await tx.run(
    insertStatement,
    insertedValues.map((valueOf) => valueOf(job)),
  );
}

/** Whether anything waits: a read, so that an idle worker never takes the write lock. */
export async function anyWaiting(sql: Sql, project: string): Promise<boolean> {
  const row = await sql.get("SELECT 1 FROM jobs WHERE project = ? AND status = 'pending' LIMIT 1", [project]);
  return row !== undefined;
}

/**
 * The claim: one conditional UPDATE of the first job in order that this worker can serve. `SKIP LOCKED` lets
 * PostgreSQL's workers pass each other; SQLite has one writer at a time anyway.
 */
export function claimJob(tx: Sql, request: ClaimRequest): Promise<JobRow | undefined> {
  return tx.get<JobRow>(claimStatement(tx, request), claimValues(request));
}

/** The claim with its event in one statement of PostgreSQL, one way to the server instead of four. */
export function claimJobAndTell(sql: Sql, request: ClaimRequest): Promise<JobRow | undefined> {
  const statement = tellingStatement('claim', claimStatement(sql, request));
  return sql.get<JobRow>(statement, [...claimValues(request), request.now]);
}

function claimValues(request: ClaimRequest): SqlValue[] {
  return [
    request.owner,
    request.now + request.leaseMs,
    request.now,
    request.project,
    ...request.chains,
    ...(request.jobId === undefined ? [] : [request.jobId]),
    ...(request.maxRunning === 0 ? [] : [request.project, request.maxRunning]),
  ];
}

const claimStatements = new Map<string, string>();

/** One text for each kind of request, so that the database finds its prepared statement by it. */
function claimStatement({ dialect }: Sql, { chains, jobId, maxRunning }: ClaimRequest): string {
  const kind = `${dialect} ${chains.length} ${jobId === undefined} ${maxRunning === 0}`;
  let statement = claimStatements.get(kind);
  if (statement === undefined) {
    const { from, to } = jobMoves.claim;
    const only = jobId === undefined ? '' : 'AND id = ?';
    const skipLocked = dialect === 'postgres' ? 'FOR UPDATE SKIP LOCKED' : '';
    const bound =
      maxRunning === 0 ? '' : `AND (SELECT count(*) FROM jobs WHERE project = ? AND status = '${to}') < ?`;
    statement = `UPDATE jobs SET status = '${to}', attempt = attempt + 1, lease_owner = ?, lease_until = ?,
        started_at = ?
      WHERE status = '${from[0]}' AND id = (
        SELECT id FROM jobs WHERE project = ? AND status = '${from[0]}' AND chain IN (${chains.map(() => '?').join()}) ${only}
        ORDER BY order_number, id LIMIT 1 ${skipLocked}
      ) ${bound}
      RETURNING *`;
    claimStatements.set(kind, statement);
  }
  return statement;
}
