import type { z } from 'zod';
import type { ApprovalRequestView, decisionView, revisionView } from './contract/index.ts';
import type { KeptRevision } from './desk/approval-kind.ts';
import type { Approvals } from './desk/approvals.ts';
import type { ApprovalRequest, Decision } from './store/approval.ts';

/** A request as it is listed. */
export function viewOf(approvals: Pick<Approvals, 'labelOf'>, request: ApprovalRequest): ApprovalRequestView {
  return {
    number: request.number,
    request_id: request.id,
    kind: request.kind,
    what: `${approvals.labelOf(request.kind)}: ${request.title}`,
    from: request.from,
    status: request.status,
    revision: request.revision,
    text_hash: request.textHash,
    outcome: request.outcome,
    outcome_message: request.outcomeMessage,
    created_at: new Date(request.createdAt).toISOString(),
    updated_at: new Date(request.updatedAt).toISOString(),
  };
}

/** A revision as it is shown, with the answers to the one before that asked for it. */
export function viewOfRevision(
  { revision, author, createdAt, textHash }: KeptRevision,
  decisions: readonly Decision[],
): z.output<typeof revisionView> {
  const asked = decisions
    .filter((one) => one.decision === 'ask-changes' && one.revision === revision - 1)
    .flatMap(({ because }) => because ?? []);
  return {
    revision,
    by: author,
    at: new Date(createdAt).toISOString(),
    text_hash: textHash,
    because: asked.length === 0 ? null : asked.join('; '),
  };
}

/** A decision as it is shown. */
export function viewOfDecision(decision: Decision): z.output<typeof decisionView> {
  return {
    decision: decision.decision,
    revision: decision.revision,
    text_hash: decision.textHash,
    by: decision.by,
    channel: decision.channel,
    because: decision.because,
    at: new Date(decision.at).toISOString(),
  };
}
