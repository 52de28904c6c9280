import type { NewEvent } from '../../../kernel/index.ts';
import type { Sql, SqlValue } from '../../../platform/database/index.ts';
import { insertEventsFrom } from '../../../platform/events/index.ts';
import { jobErrors } from '../errors.ts';
import { jobMoves, type JobMove } from '../transitions.ts';
import type { JobRow } from './job-rows.ts';
import type { Lease } from './job-store.ts';

/** What a move may write beside the status. */
export type JobChanges = Partial<Omit<JobRow, 'id' | 'project' | 'status'>>;

const statements = new Map<string, string>();

interface MoveTarget {
  jobId: string;
  lease?: Lease | undefined;
}

/** One text for each kind of move, so that the database finds its prepared statement by it. */
function moveStatement(move: JobMove, leased: boolean, columns: readonly string[]): string {
  const key = `${move} ${leased} ${columns.join()}`;
  let statement = statements.get(key);
  if (statement === undefined) {
    const { from, to } = jobMoves[move];
    statement =
      `UPDATE jobs SET status = '${to}'${columns.map((column) => `, ${column} = ?`).join('')} ` +
      `WHERE id = ? AND status IN (${from.map((status) => `'${status}'`).join()})` +
      `${leased ? ' AND attempt = ?' : ''} RETURNING *`;
    statements.set(key, statement);
  }
  return statement;
}

function moveParts(move: JobMove, { jobId, lease }: MoveTarget, changes: JobChanges) {
  const values = [...(Object.values(changes) as SqlValue[]), jobId];
  if (lease !== undefined) values.push(lease.attempt);
  return { statement: moveStatement(move, lease !== undefined, Object.keys(changes)), values };
}

/**
 * Moves a job in one conditional UPDATE: only from a state the table allows, and with a lease only while that
 * attempt holds it. Resolves to the row after the move.
 * Errors: `jobs.not_found`, `jobs.lease_lost`, `jobs.illegal_move`.
 */
export async function moveJob(
  tx: Sql,
  move: JobMove,
  target: MoveTarget,
  changes: JobChanges,
): Promise<JobRow> {
  const { statement, values } = moveParts(move, target, changes);
  const row = await tx.get<JobRow>(statement, values);
  if (row === undefined) throw await whyRefused(tx, target, move);
  return row;
}

/**
 * The same with its event, in one statement of PostgreSQL, which is a transaction of its own: one way to the server
 * instead of four. `at` is milliseconds since 1970.
 */
export async function moveJobAndTell(
  sql: Sql,
  move: JobMove,
  target: MoveTarget,
  changes: JobChanges,
  at: number,
): Promise<JobRow> {
  const { statement, values } = moveParts(move, target, changes);
  const row = await sql.get<JobRow>(tellingStatement(move, statement), [...values, at]);
  if (row === undefined) throw await whyRefused(sql, target, move);
  return row;
}

/** An UPDATE of jobs that returns its rows, grown to insert the event of the move for each of them. */
export function tellingStatement(move: JobMove, update: string): string {
  const payload = `json_build_object('project', project, 'persona', persona, 'status', status, 'attempt', attempt)`;
  const tell = insertEventsFrom('moved', { name: eventNames[move], payload });
  return `WITH moved AS (${update}), told AS (${tell}) SELECT * FROM moved`;
}

/** The error that explains why a conditional write touched no row. */
export async function whyRefused(sql: Sql, { jobId, lease }: MoveTarget, move: string): Promise<Error> {
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
