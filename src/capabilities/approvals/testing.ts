import { systemIds } from '../../kernel/index.ts';
import type { ApprovalStore } from './store/approval-store.ts';
import type { ApprovalRequest, NewApprovalRequest, NewDecision } from './store/approval.ts';

/** The project of requests in tests. */
export const testProject = '/projects/shop';

/** A text hash that tells itself apart. */
export const hashOf = (word: string) => Buffer.from(word).toString('hex').padEnd(64, '0').slice(0, 64);

export function newRequest(changes: Partial<NewApprovalRequest> = {}): NewApprovalRequest {
  return {
    id: systemIds.next(),
    project: testProject,
    kind: 'standard',
    subjectId: 'architecture/errors',
    title: 'architecture/errors',
    from: 'architect',
    textHash: hashOf('one'),
    createdAt: Date.now(),
    ...changes,
  };
}

/** Stores a request that waits. */
export function waitingRequest(
  store: ApprovalStore,
  changes: Partial<NewApprovalRequest> = {},
): Promise<ApprovalRequest> {
  const request = newRequest(changes);
  return store.commit(request.createdAt, (tx) => store.insert(tx, request));
}

export function newDecision(request: ApprovalRequest, changes: Partial<NewDecision> = {}): NewDecision {
  return {
    id: systemIds.next(),
    requestId: request.id,
    revision: request.revision,
    textHash: request.textHash,
    decision: 'approve',
    by: 'josh',
    channel: 'terminal',
    because: null,
    at: Date.now(),
    ...changes,
  };
}
