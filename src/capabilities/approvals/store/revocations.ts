import type { Sql } from '../../../platform/database/index.ts';
import type { Revocation } from './approval-store.ts';

/** Takes back the approvals about a subject; the answers themselves stay as they were given. */
export async function revokeApprovals(
  sql: Sql,
  { project, kind, subjectId, except, by, channel, at }: Revocation,
): Promise<void> {
  await sql.run(
    `INSERT INTO approval_revocations (decision_id, revoked_by, channel, revoked_at)
     SELECT id, ?, ?, ? FROM approval_decisions
     WHERE project = ? AND kind = ? AND subject_id = ? AND decision = 'approve' AND request_id <> ?
     ON CONFLICT DO NOTHING`,
    [by, channel, at, project, kind, subjectId, except ?? ''],
  );
}

/** What was taken back, by SHA-256 of the text; the last time for each. */
export async function readRevoked(
  sql: Sql,
  project: string,
  kind: string,
  subjectId: string,
): Promise<ReadonlyMap<string, { by: string; at: number }>> {
  const rows = await sql.all<{ text_hash: string; revoked_by: string; revoked_at: number }>(
    `SELECT d.text_hash, v.revoked_by, v.revoked_at FROM approval_revocations AS v
     JOIN approval_decisions AS d ON d.id = v.decision_id
     WHERE d.project = ? AND d.kind = ? AND d.subject_id = ? ORDER BY v.revoked_at, d.id`,
    [project, kind, subjectId],
  );
  return new Map(
    rows.map(({ text_hash: hash, revoked_by: by, revoked_at: at }) => [hash, { by, at }] as const),
  );
}
