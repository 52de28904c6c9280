import { approveRequest } from './operations/approve-request.ts';
import { editRequest } from './operations/edit-request.ts';
import { listInbox } from './operations/list-inbox.ts';
import { rejectRequest } from './operations/reject-request.ts';
import { reviseRequest } from './operations/revise-request.ts';
import { showRequest } from './operations/show-request.ts';

/** Every use case of the inbox; doors derive from this list. None of them is a tool: a tool can ask, never answer. */
export const approvalOperations = [
  listInbox,
  showRequest,
  approveRequest,
  editRequest,
  reviseRequest,
  rejectRequest,
] as const;

export { approvalErrors } from './errors.ts';
export { approvalMigrations } from './migrations/index.ts';
export type { ApprovalDeps, SecretScan } from './operations/approval-deps.ts';
export type {
  ApprovalKind,
  ChangesAsked,
  CheckedEdit,
  KeptRevision,
  ShownRequest,
} from './desk/approval-kind.ts';
export { openApprovals } from './desk/approvals.ts';
export type { Answer, Approvals, ApprovalsOptions } from './desk/approvals.ts';
export type { Decided } from './desk/decided.ts';
export { openElicitation } from './desk/elicitation.ts';
export type { ElicitationDesk, ElicitationOptions, ElicitationQuestion } from './desk/elicitation.ts';
export { personAtTerminal } from './person.ts';
export type { Channel, Person, Presence } from './person.ts';
export { sqlApprovalsMade, sqlApprovalStore } from './store/sql-approval-store.ts';
export type { ApprovalStore, InboxFilter, LastApproval, NewRevision } from './store/approval-store.ts';
export type { ApprovalRequest, Decision, NewApprovalRequest, NewDecision } from './store/approval.ts';
export type { Commit, EventTransaction } from './store/event-transaction.ts';
export type { DecisionKind } from './transitions.ts';
