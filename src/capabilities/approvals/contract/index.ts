export {
  approvalOutcomes,
  approvalRequestView,
  approvalStatuses,
  decisionView,
  inboxNumber,
  revisionView,
} from './approval.ts';
export type { ApprovalOutcome, ApprovalRequestView, ApprovalStatus } from './approval.ts';
export {
  approveInput,
  approveOutput,
  editInput,
  inboxOutput,
  listInboxInput,
  rejectInput,
  rejectOutput,
  reviseInput,
  reviseOutput,
  showInput,
  showOutput,
} from './operations.ts';
