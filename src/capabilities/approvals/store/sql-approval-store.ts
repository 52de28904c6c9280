import type { Database, Sql } from '../../../platform/database/index.ts';
import type { EventBus } from '../../../platform/events/index.ts';
import { approvalErrors } from '../errors.ts';
import { approvalEvent, movedEvent, moveRequest } from './approval-moves.ts';
import * as reads from './approval-reads.ts';
import { requestOfRow, type RequestRow } from './approval-rows.ts';
import type { Admission, ApprovalStore } from './approval-store.ts';
import type { ApprovalRequest, NewApprovalRequest, NewDecision } from './approval.ts';
import { committing } from './event-transaction.ts';
import { moveOutcome } from './outcome-moves.ts';
import { readRevoked, revokeApprovals } from './revocations.ts';

/** The inbox on SQLite and on PostgreSQL: one set of statements, proven by the conformance suite on both. */
export function sqlApprovalStore(database: Database, bus: EventBus): ApprovalStore {
  return {
    commit: committing(database, bus),

    async insert(tx, request, admission) {
      await lockProject(tx.sql, request.project);
      if (admission !== undefined) await admit(tx.sql, request, admission);
      const inserted = await insertRequest(tx.sql, request);
      await tx.emit(approvalEvent('approvals.requested', inserted));
      return inserted;
    },

    async revise(tx, { requestId, move, follows, subjectId, title, textHash, at }) {
      const changes = {
        revision: follows + 1,
        subject_id: subjectId,
        title,
        text_hash: textHash,
        outcome: null,
        outcome_message: null,
        updated_at: at,
      };
      const request = await moveRequest(tx.sql, move, { requestId, revision: follows }, changes);
      await tx.emit(movedEvent(move, request));
      return request;
    },

    async decide(tx, given) {
      const { requestId, revision, textHash, decision, at } = given;
      const outcome = decision === 'approve' ? ('pending' as const) : null;
      const changes = { outcome, outcome_message: null, updated_at: at };
      const request = await moveRequest(tx.sql, decision, { requestId, revision, textHash }, changes);
      await insertDecision(tx.sql, request, given);
      await tx.emit(movedEvent(decision, request));
      return request;
    },

    async withdraw(tx, requestId, at) {
      const request = await moveRequest(tx.sql, 'withdraw', { requestId }, { updated_at: at });
      await tx.emit(movedEvent('withdraw', request));
      return request;
    },

    async recordOutcome(tx, { outcome, ...noted }) {
      const request = await moveOutcome(tx.sql, outcome === 'done' ? 'finish' : 'fail', noted);
      if (request === undefined) return undefined;
      const name = outcome === 'done' ? 'approvals.applied' : 'approvals.failed';
      await tx.emit(approvalEvent(name, request));
      return request;
    },

    tryAgain: (tx, requestId, at) => moveOutcome(tx.sql, 'try-again', { requestId, at }),

    get: (requestId) => reads.getRequest(database, requestId),
    find: (project, numberOrId) => reads.findRequest(database, project, numberOrId),
    list: (filter, page) => reads.listRequests(database, filter, page),
    count: (filter) => reads.countRequests(database, filter),
    openAbout: (project, kind, subjectId) => reads.openRequestAbout(database, project, kind, subjectId),
    decisions: (requestId) => reads.readDecisions(database, requestId),
    unfinished: (project) => reads.readUnfinished(database, project),

    async markShown(request, person, at) {
      const { id, revision, textHash } = request;
      const added = await database.run(
        `INSERT INTO approval_shown (request_id, revision, text_hash, person, shown_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
        [id, revision, textHash, person, at],
      );
      return added === 0;
    },

    async wasShown({ id, revision, textHash }, person) {
      const row = await database.get(
        'SELECT 1 FROM approval_shown WHERE request_id = ? AND revision = ? AND text_hash = ? AND person = ?',
        [id, revision, textHash, person],
      );
      return row !== undefined;
    },

    revoke: (tx, revocation) => revokeApprovals(tx.sql, revocation),
    revoked: (project, kind, subjectId) => readRevoked(database, project, kind, subjectId),

    ...sqlApprovalsMade(database),
  };
}

/** What was approved, for who reads nothing else, as in a database that cannot be written. */
export function sqlApprovalsMade(sql: Sql): Pick<ApprovalStore, 'hashesApproved' | 'lastApprovals'> {
  return {
    hashesApproved: (project, kind, subjectIds) => reads.readHashesApproved(sql, project, kind, subjectIds),
    lastApprovals: (project, kind) => reads.readLastApprovals(sql, project, kind),
  };
}

/** Makes the next number, and the count behind a limit, one with the write. SQLite has one writer at a time anyway. */
async function lockProject(sql: Sql, project: string): Promise<void> {
  if (sql.dialect === 'postgres')
    await sql.run('SELECT pg_advisory_xact_lock(hashtext(?))', [`approvals ${project}`]);
}

async function admit(
  sql: Sql,
  { project, kind, subjectId }: NewApprovalRequest,
  { maxWaiting: limit }: Admission,
): Promise<void> {
  const open = await reads.openRequestAbout(sql, project, kind, subjectId);
  if (open !== undefined) {
    const facts = { number: open.number, title: open.title, from: open.from };
    throw approvalErrors.make('approvals.asked_already', facts);
  }
  if (limit === 0) return;
  const waiting = await reads.countRequests(sql, { project, statuses: ['waiting', 'changes-asked'] });
  if (waiting >= limit) throw approvalErrors.make('approvals.too_many_waiting', { waiting, limit });
}

// Requests are never deleted, so the greatest number of all is the last that was given.
async function insertRequest(sql: Sql, request: NewApprovalRequest): Promise<ApprovalRequest> {
  const row = await sql.get<RequestRow>(
    `INSERT INTO approval_requests (id, project, number, kind, status, revision, text_hash, created_at, updated_at,
       subject_id, asked_by, title)
     VALUES (?, ?, (SELECT COALESCE(MAX(number), 0) + 1 FROM approval_requests WHERE project = ?),
       ?, 'waiting', 1, ?, ?, ?, ?, ?, ?) RETURNING *`,
    [
      request.id,
      request.project,
      request.project,
      request.kind,
      request.textHash,
      request.createdAt,
      request.createdAt,
      request.subjectId,
      request.from,
      request.title,
    ],
  );
  return requestOfRow(row!);
}

async function insertDecision(
  sql: Sql,
  { project, kind, subjectId }: { project: string; kind: string; subjectId: string },
  given: NewDecision,
): Promise<void> {
  await sql.run(
    `INSERT INTO approval_decisions (id, request_id, project, kind, subject_id, revision, text_hash, decision,
       decided_by, channel, because, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      given.id,
      given.requestId,
      project,
      kind,
      subjectId,
      given.revision,
      given.textHash,
      given.decision,
      given.by,
      given.channel,
      given.because,
      given.at,
    ],
  );
}
