import type { NewEvent } from '../../../kernel/index.ts';
import type { Sql, SqlValue } from '../../../platform/database/index.ts';
import { approvalErrors } from '../errors.ts';
import { approvalMoves, type ApprovalMove } from '../transitions.ts';
import { requestOfRow, type RequestRow } from './approval-rows.ts';
import type { ApprovalRequest } from './approval.ts';

/** What a move is based on: refused when the request has gone on since. */
interface Basis {
  requestId: string;
  revision?: number;
  textHash?: string;
}

/** What a move may write beside the status. */
type Changes = Partial<Omit<RequestRow, 'id' | 'project' | 'number' | 'status'>>;

/**
 * Moves a request in one conditional UPDATE: only from a state the table allows, and only the revision and text that
 * the move was made for. Resolves to the request after the move.
 * Errors: see `whyRefused`.
 */
export async function moveRequest(
  sql: Sql,
  move: ApprovalMove,
  basis: Basis,
  changes: Changes,
): Promise<ApprovalRequest> {
  const { from, to } = approvalMoves[move];
  const columns = Object.keys(changes);
  const conditions = ['id = ?', `status IN (${from.map((status) => `'${status}'`).join()})`];
  // An approved request moves on only after what was approved could not be done.
  conditions.push("(status <> 'approved' OR outcome = 'failed')");
  const values: SqlValue[] = [...(Object.values(changes) as SqlValue[]), basis.requestId];
  if (basis.revision !== undefined) {
    conditions.push('revision = ?');
    values.push(basis.revision);
  }
  if (basis.textHash !== undefined) {
    conditions.push('text_hash = ?');
    values.push(basis.textHash);
  }
  const row = await sql.get<RequestRow>(
    `UPDATE approval_requests SET status = '${to}'${columns.map((column) => `, ${column} = ?`).join('')}
     WHERE ${conditions.join(' AND ')} RETURNING *`,
    values,
  );
  if (row === undefined) throw await whyRefused(sql, move, basis);
  return requestOfRow(row);
}

/** The error that explains why a move touched no row: unknown, withdrawn, decided, a newer revision, another text. */
async function whyRefused(sql: Sql, move: ApprovalMove, basis: Basis): Promise<Error> {
  const row = await sql.get<RequestRow>('SELECT * FROM approval_requests WHERE id = ?', [basis.requestId]);
  if (row === undefined)
    return approvalErrors.make('approvals.unknown', { given: basis.requestId, waiting: [] });
  const { number } = row;
  if (row.status === 'withdrawn')
    return approvalErrors.make('approvals.withdrawn', { number, at: minuteOf(row.updated_at) });
  const mayGoOn =
    approvalMoves[move].from.some((status) => status === row.status) &&
    (row.status !== 'approved' || row.outcome === 'failed');
  if (!mayGoOn) {
    const last = (await sql.get<{
      decision: string;
      decided_by: string;
      channel: string;
      decided_at: number;
    }>(
      `SELECT decision, decided_by, channel, decided_at FROM approval_decisions
       WHERE request_id = ? ORDER BY decided_at DESC, id DESC LIMIT 1`,
      [row.id],
    ))!;
    return approvalErrors.make('approvals.already_decided', {
      number,
      decision: last.decision,
      by: last.decided_by,
      channel: last.channel,
      at: minuteOf(last.decided_at),
    });
  }
  if (basis.revision !== undefined && basis.revision !== row.revision) {
    return approvalErrors.make('approvals.old_revision', {
      number,
      given: basis.revision,
      current: row.revision,
    });
  }
  const facts = { number, shownHash: basis.textHash ?? '', currentHash: row.text_hash };
  return approvalErrors.make('approvals.text_differs', facts);
}

/** `2026-11-21 13:05 UTC`. */
function minuteOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const eventNames = {
  approve: 'approvals.approved',
  reject: 'approvals.rejected',
  'ask-changes': 'approvals.returned',
  revise: 'approvals.revised',
  edit: 'approvals.revised',
  withdraw: 'approvals.withdrawn',
} as const satisfies Record<ApprovalMove, string>;

/** The event of a move, from the request after it. */
export function movedEvent(move: ApprovalMove, request: ApprovalRequest): NewEvent {
  return approvalEvent(eventNames[move], request);
}

/** An event about a request. */
export function approvalEvent(name: string, request: ApprovalRequest): NewEvent {
  const { project, number, kind, subjectId, status, revision, textHash, outcome } = request;
  return {
    name,
    entityId: request.id,
    payload: { project, number, kind, subject_id: subjectId, status, revision, text_hash: textHash, outcome },
  };
}
