import type { ApprovalRequest } from '../store/approval.ts';

/** What was decided, and what became of it. */
export interface Decided {
  request: ApprovalRequest;
  /** What was done, or why it is not done yet; `undefined` where there was nothing to do. */
  message: string | undefined;
}
