import type { Sql } from '../../../platform/database/index.ts';
import { approvalMoves, outcomeMoves, type OutcomeMove } from '../transitions.ts';
import { requestOfRow, type RequestRow } from './approval-rows.ts';
import type { ApprovalRequest } from './approval.ts';

/**
 * Notes what became of an approved request, in one conditional UPDATE. A message that is left out stays. Resolves to
 * `undefined` when the request is not approved (any more), or its outcome allows no such move.
 */
export async function moveOutcome(
  sql: Sql,
  move: OutcomeMove,
  { requestId, message, at }: { requestId: string; message?: string; at: number },
): Promise<ApprovalRequest | undefined> {
  const { from, to } = outcomeMoves[move];
  const row = await sql.get<RequestRow>(
    `UPDATE approval_requests SET outcome = ?, outcome_message = COALESCE(?, outcome_message), updated_at = ?
     WHERE id = ? AND status = ? AND outcome IN (${from.map(() => '?').join()}) RETURNING *`,
    [to, message ?? null, at, requestId, approvalMoves.approve.to, ...from],
  );
  return row === undefined ? undefined : requestOfRow(row);
}
