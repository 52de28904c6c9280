import type { NewEvent } from '../../../kernel/index.ts';
import type { Database, Sql } from '../../../platform/database/index.ts';
import { jobErrors } from '../errors.ts';
import { moved, moveJob, unleased } from './job-moves.ts';
import type { Lease } from './job-store.ts';

/** Runs writes with their events in one transaction; see the job store. */
export type Commit = <T>(
  work: (tx: Sql) => Promise<{ value: T; events: NewEvent[]; at: number }>,
) => Promise<T>;

/** Longer than any lease can be set (`jobs.lease_ms`): one that ends later was written before the clock was set back. */
const longestLeaseMs = 3_600_000;
const leaseIsOver = '(lease_until < ? OR lease_until > ?)';

/** Jobs looked at in one round; what is left comes in the next. */
const atOnce = 100;

/** See `JobStore.takeBackExpired`. */
export async function takeBackExpired(
  { database, commit }: { database: Database; commit: Commit },
  project: string,
  now: number,
  maxCrashes: number,
): Promise<string[]> {
  const expired = await database.all<{ id: string; attempt: number; crashes: number }>(
    `SELECT id, attempt, crashes FROM jobs
     WHERE project = ? AND status = 'running' AND ${leaseIsOver} ORDER BY lease_until LIMIT ?`,
    [project, now, now + longestLeaseMs, atOnce],
  );
  const taken: string[] = [];
  for (const { id, attempt, crashes } of expired) {
    const lease = { jobId: id, attempt };
    if (await commit((tx) => takeBack(tx, lease, crashes + 1, now, maxCrashes))) taken.push(id);
  }
  return taken;
}

/** False when the worker was only late and has extended its lease, or somebody else was first. */
async function takeBack(tx: Sql, lease: Lease, crashes: number, now: number, maxCrashes: number) {
  const lock = tx.dialect === 'postgres' ? 'FOR UPDATE' : '';
  const still = await tx.get(
    `SELECT 1 FROM jobs WHERE id = ? AND attempt = ? AND status = 'running' AND ${leaseIsOver} ${lock}`,
    [lease.jobId, lease.attempt, now, now + longestLeaseMs],
  );
  if (still === undefined) return { value: false, events: [], at: now };
  const move = crashes < maxCrashes ? 'reclaim' : 'fail';
  const { code, message, remedy } = jobErrors.make('jobs.worker_crashed', { crashes, limit: maxCrashes });
  const failure = { error_code: code, error_message: message, error_remedy: remedy, ended_at: now };
  const changes = { crashes, ...unleased, ...(move === 'fail' ? failure : { started_at: null }) };
  const row = await moveJob(tx, move, { jobId: lease.jobId, lease }, changes);
  return { value: true, events: [moved(move, row)], at: now };
}
