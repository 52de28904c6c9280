import type { Sql, SqlValue } from '../../../platform/database/index.ts';
import { approvalErrors } from '../errors.ts';
import { decisionOfRow, requestOfRow, type DecisionRow, type RequestRow } from './approval-rows.ts';
import type { InboxFilter, LastApproval } from './approval-store.ts';
import type { ApprovalRequest, Decision } from './approval.ts';

const openCondition =
  "(status IN ('waiting', 'changes-asked') OR (status = 'approved' AND outcome <> 'done'))";

export async function getRequest(sql: Sql, requestId: string): Promise<ApprovalRequest | undefined> {
  const row = await sql.get<RequestRow>('SELECT * FROM approval_requests WHERE id = ?', [requestId]);
  return row === undefined ? undefined : requestOfRow(row);
}

const mostShown = 10;

/** Errors: `approvals.unknown`, `approvals.ambiguous_id`. */
export async function findRequest(sql: Sql, project: string, given: string): Promise<ApprovalRequest> {
  const number = /^#?(\d{1,9})$/.exec(given.trim())?.[1];
  const rows =
    number !== undefined
      ? await sql.all<RequestRow>('SELECT * FROM approval_requests WHERE project = ? AND number = ?', [
          project,
          Number(number),
        ])
      : await byEnding(sql, project, given.trim().toLowerCase());
  if (rows.length === 1) return requestOfRow(rows[0]!);
  if (rows.length > 1) {
    const matches = rows.map((row) => row.number);
    throw approvalErrors.make('approvals.ambiguous_id', { given, matches });
  }
  const waiting = await listRequests(sql, { project, open: true }, { limit: mostShown });
  throw approvalErrors.make('approvals.unknown', {
    given: given.slice(0, 40),
    waiting: waiting.map((request) => request.number),
  });
}

function byEnding(sql: Sql, project: string, ending: string): Promise<RequestRow[]> {
  if (!/^[0-9a-f-]{4,36}$/.test(ending)) return Promise.resolve([]);
  return sql.all<RequestRow>(
    'SELECT * FROM approval_requests WHERE project = ? AND id LIKE ? ORDER BY number LIMIT 4',
    [project, `%${ending}`],
  );
}

function where({ project, kind, subjectId, statuses, open, done }: InboxFilter): {
  text: string;
  values: SqlValue[];
} {
  const parts = ['project = ?'];
  const values: SqlValue[] = [project];
  if (kind !== undefined) {
    parts.push('kind = ?');
    values.push(kind);
  }
  if (subjectId !== undefined) {
    parts.push('subject_id = ?');
    values.push(subjectId);
  }
  if (statuses !== undefined) {
    parts.push(`status IN (${statuses.map(() => '?').join()})`);
    values.push(...statuses);
  }
  if (open === true) parts.push(openCondition);
  if (done === true) parts.push("outcome = 'done'");
  return { text: parts.join(' AND '), values };
}

export async function listRequests(
  sql: Sql,
  filter: InboxFilter,
  { limit, before }: { limit: number; before?: number | undefined },
): Promise<ApprovalRequest[]> {
  const { text, values } = where(filter);
  const older = before === undefined ? '' : 'AND number < ?';
  const rows = await sql.all<RequestRow>(
    `SELECT * FROM approval_requests WHERE ${text} ${older} ORDER BY number DESC LIMIT ?`,
    [...values, ...(before === undefined ? [] : [before]), limit],
  );
  return rows.map(requestOfRow);
}

export async function countRequests(sql: Sql, filter: InboxFilter): Promise<number> {
  const { text, values } = where(filter);
  const row = await sql.get<{ n: number }>(
    `SELECT count(*) AS n FROM approval_requests WHERE ${text}`,
    values,
  );
  return row!.n;
}

export async function openRequestAbout(
  sql: Sql,
  project: string,
  kind: string,
  subjectId: string,
): Promise<ApprovalRequest | undefined> {
  const row = await sql.get<RequestRow>(
    `SELECT * FROM approval_requests WHERE project = ? AND kind = ? AND subject_id = ? AND ${openCondition}
     ORDER BY number LIMIT 1`,
    [project, kind, subjectId],
  );
  return row === undefined ? undefined : requestOfRow(row);
}

export async function readDecisions(sql: Sql, requestId: string): Promise<Decision[]> {
  const rows = await sql.all<DecisionRow>(
    'SELECT * FROM approval_decisions WHERE request_id = ? ORDER BY decided_at, id',
    [requestId],
  );
  return rows.map(decisionOfRow);
}

export async function readUnfinished(sql: Sql, project: string): Promise<ApprovalRequest[]> {
  const rows = await sql.all<RequestRow>(
    `SELECT * FROM approval_requests WHERE project = ? AND status = 'approved' AND outcome <> 'done'
     ORDER BY number LIMIT 100`,
    [project],
  );
  return rows.map(requestOfRow);
}

export async function readHashesApproved(
  sql: Sql,
  project: string,
  kind: string,
  subjectIds: readonly string[] | undefined,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const hashes = new Map<string, Set<string>>();
  // Few subjects are asked for by name, so that one changed file costs no read of all decisions.
  const some = subjectIds === undefined ? '' : `AND d.subject_id IN (${subjectIds.map(() => '?').join()})`;
  if (subjectIds?.length === 0) return hashes;
  const rows = await sql.all<{ subject_id: string; text_hash: string }>(
    `SELECT DISTINCT d.subject_id, d.text_hash FROM approval_decisions AS d
     JOIN approval_requests AS r ON r.id = d.request_id AND r.status = 'approved'
     WHERE d.project = ? AND d.kind = ? AND d.decision = 'approve' ${some}
       AND NOT EXISTS (SELECT 1 FROM approval_revocations AS v WHERE v.decision_id = d.id)`,
    [project, kind, ...(subjectIds ?? [])],
  );
  for (const row of rows) {
    const known = hashes.get(row.subject_id) ?? new Set();
    hashes.set(row.subject_id, known.add(row.text_hash));
  }
  return hashes;
}

export async function readLastApprovals(
  sql: Sql,
  project: string,
  kind: string,
): Promise<ReadonlyMap<string, LastApproval>> {
  const rows = await sql.all<{
    subject_id: string;
    decided_by: string;
    decided_at: number;
    outcome_message: string | null;
  }>(
    `SELECT d.subject_id, d.decided_by, d.decided_at, r.outcome_message FROM approval_decisions AS d
     JOIN approval_requests AS r ON r.id = d.request_id AND r.status = 'approved' AND r.outcome = 'done'
     WHERE d.project = ? AND d.kind = ? AND d.decision = 'approve'
       AND NOT EXISTS (SELECT 1 FROM approval_revocations AS v WHERE v.decision_id = d.id)
     ORDER BY d.decided_at, d.id`,
    [project, kind],
  );
  return new Map(
    rows.map(
      ({ subject_id: id, decided_by: by, decided_at: at, outcome_message: outcomeMessage }) =>
        [id, { by, at, outcomeMessage }] as const,
    ),
  );
}
