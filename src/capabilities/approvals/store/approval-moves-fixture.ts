import type { ApprovalStatus } from '../contract/index.ts';
import { hashOf, newDecision, waitingRequest } from '../testing.ts';
import type { ApprovalMove } from '../transitions.ts';
import type { ApprovalRequest } from './approval.ts';
import type { ApprovalStore } from './approval-store.ts';

export function decide(
  store: ApprovalStore,
  request: ApprovalRequest,
  changes: Parameters<typeof newDecision>[1] = {},
) {
  const decision = newDecision(request, changes);
  return store.commit(decision.at, (tx) => store.decide(tx, decision));
}

export function revise(
  store: ApprovalStore,
  { id, revision, subjectId, title }: ApprovalRequest,
  word: string,
  move: 'revise' | 'edit' = 'revise',
) {
  const next = { requestId: id, move, follows: revision, subjectId, title, textHash: hashOf(word), at: 2 };
  return store.commit(2, (tx) => store.revise(tx, next));
}

export function fail(store: ApprovalStore, { id }: ApprovalRequest) {
  const outcome = { requestId: id, outcome: 'failed', message: 'the disk is full', at: 3 } as const;
  return store.commit(3, (tx) => store.recordOutcome(tx, outcome));
}

let subjects = 0;

export async function requestIn(
  store: ApprovalStore,
  status: ApprovalStatus | 'approved-failed',
): Promise<ApprovalRequest> {
  const request = await waitingRequest(store, { subjectId: `moves/s${++subjects}` });
  if (status === 'changes-asked') await decide(store, request, { decision: 'ask-changes' });
  if (status === 'approved' || status === 'approved-failed') await decide(store, request);
  if (status === 'approved-failed') await fail(store, request);
  if (status === 'rejected') await decide(store, request, { decision: 'reject' });
  if (status === 'withdrawn') await store.commit(2, (tx) => store.withdraw(tx, request.id, 2));
  return (await store.get(request.id))!;
}

export function makeMove(
  store: ApprovalStore,
  move: ApprovalMove,
  request: ApprovalRequest,
): Promise<unknown> {
  if (move === 'revise' || move === 'edit') return revise(store, request, 'next', move);
  if (move === 'withdraw') return store.commit(3, (tx) => store.withdraw(tx, request.id, 3));
  return decide(store, request, { decision: move });
}
