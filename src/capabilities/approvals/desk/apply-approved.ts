import { toAppError, type Clock } from '../../../kernel/index.ts';
import type { ApprovalStore } from '../store/approval-store.ts';
import type { ApprovalRequest } from '../store/approval.ts';
import type { ApprovalKind } from './approval-kind.ts';
import type { Decided } from './decided.ts';

/**
 * Does what was approved and notes what became of it. The answer is stored by now and stands whatever happens here: a
 * process that dies in between leaves the outcome `pending`, a failure leaves it `failed` with the reason, and doing it
 * again finishes either.
 */
export async function applyApproved(
  { store, clock, kind }: { store: ApprovalStore; clock: Clock; kind: ApprovalKind },
  request: ApprovalRequest,
): Promise<Decided> {
  const outcome = await attempt();
  const recorded = await store.commit(clock.now(), (tx) =>
    store.recordOutcome(tx, { requestId: request.id, at: clock.now(), ...outcome }),
  );
  // Somebody else finished it, or it was answered anew, between our work and our note.
  const now = recorded ?? (await store.get(request.id)) ?? request;
  return {
    request: now,
    message: recorded === undefined ? (now.outcomeMessage ?? undefined) : outcome.message,
  };

  async function attempt(): Promise<{ outcome: 'done' | 'failed'; message: string }> {
    try {
      const current = await claim();
      if (current === undefined) return { outcome: 'failed', message: 'It was answered again meanwhile.' };
      const decision = (await store.decisions(request.id)).findLast((each) => each.decision === 'approve')!;
      return { outcome: 'done', ...(await kind.apply(current, decision)) };
    } catch (error) {
      return { outcome: 'failed', message: toAppError(error).line };
    }
  }

  /** The request as it stands now, under way; `undefined` when it is no longer approved. */
  async function claim(): Promise<ApprovalRequest | undefined> {
    if (request.outcome === 'failed') {
      await store.commit(clock.now(), (tx) => store.tryAgain(tx, request.id, clock.now()));
    }
    const current = await store.get(request.id);
    return current?.status === 'approved' ? current : undefined;
  }
}
