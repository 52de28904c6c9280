import type { NewEvent } from '../../../kernel/index.ts';
import type { Sql, SqlValue } from '../../../platform/database/index.ts';
import { jobErrors } from '../errors.ts';
import { jobMoves, type JobMove } from '../transitions.ts';
import type { JobRow } from './job-rows.ts';
import type { Lease } from './job-store.ts';

/** What a move may write beside the status. */
export type JobChanges = Partial<Omit<JobRow, 'id' | 'project' | 'status'>>;

const statements = new Map<string, string>();

/**
 * Moves a job in one conditional UPDATE: only from a state the table allows, and with a lease only while that
 * attempt holds it. Resolves to the row after the move.
 * Errors: `jobs.not_found`, `jobs.lease_lost`, `jobs.illegal_move`.
 */
export async function moveJob(
  tx: Sql,
  move: JobMove,
  target: { jobId: string; lease?: Lease | undefined },
  changes: JobChanges,
): Promise<JobRow> {
  const columns = Object.keys(changes);
  const key = `${move} ${target.lease === undefined ? '' : 'leased'} ${columns.join()}`;
  let statement = statements.get(key);
  if (statement === undefined) {
    const { from, to } = jobMoves[move];
    statement =
      `UPDATE jobs SET status = '${to}'${columns.map((column) => `, ${column} = ?`).join('')} ` +
      `WHERE id = ? AND status IN (${from.map((status) => `'${status}'`).join()})` +
      `${target.lease === undefined ? '' : ' AND attempt = ?'} RETURNING *`;
    statements.set(key, statement);
  }
  const values = [...(Object.values(changes) as SqlValue[]), target.jobId];
  if (target.lease !== undefined) values.push(target.lease.attempt);
  const row = await tx.get<JobRow>(statement, values);
  if (row === undefined) throw await whyRefused(tx, target, move);
  return row;
}

/** The error that explains why a conditional write touched no row. */
export async function whyRefused(
  sql: Sql,
  { jobId, lease }: { jobId: string; lease?: Lease | undefined },
  move: string,
): Promise<Error> {
  const row = await sql.get<{ status: string; attempt: number }>(
    'SELECT status, attempt FROM jobs WHERE id = ?',
    [jobId],
  );
  if (row === undefined) return jobErrors.make('jobs.not_found', { jobId });
  if (lease !== undefined && row.attempt !== lease.attempt) {
    return jobErrors.make('jobs.lease_lost', { jobId, attempt: lease.attempt });
  }
  return jobErrors.make('jobs.illegal_move', { jobId, status: row.status, move });
}

/** What a job's row has no more once nobody holds it. */
export const unleased = { lease_owner: null, lease_until: null } as const;

const eventNames = {
  claim: 'jobs.claimed',
  complete: 'jobs.completed',
  fail: 'jobs.failed',
  release: 'jobs.released',
  reclaim: 'jobs.reclaimed',
  cancel: 'jobs.cancelled',
} as const satisfies Record<JobMove, string>;

/** The event of a move, from the row after it. */
export function moved(move: JobMove, row: JobRow): NewEvent {
  return {
    name: eventNames[move],
    entityId: row.id,
    payload: { project: row.project, persona: row.persona, status: row.status, attempt: row.attempt },
  };
}
