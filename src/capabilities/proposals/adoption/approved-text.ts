import type { Approvals } from '../../approvals/index.ts';
import { withApproval } from '../../standards/index.ts';
import { standardKindName } from '../desk/proposal-desk.ts';
import type { ProposalStore } from '../store/proposal-store.ts';

/** How many approvals of one standard are looked back at. */
const lookedBack = 20;

/**
 * The file of a standard as it was when it was approved last, written from a proposal or adopted; `null` where no text is
 * kept.
 */
export async function approvedText(
  { approvals, store }: { approvals: Approvals; store: ProposalStore },
  id: string,
): Promise<string | null> {
  const filter = {
    project: approvals.project,
    kind: standardKindName,
    subjectId: id,
    statuses: ['approved'],
  } as const;
  const requests = await approvals.store.list(filter, { limit: lookedBack });
  for (const request of requests.toSorted((a, b) => b.updatedAt - a.updatedAt)) {
    const proposal = await store.ofRequest(request.id);
    if (proposal === undefined) {
      const adopted = await store.adoptedText(request.id);
      if (adopted !== undefined) return adopted;
      continue;
    }
    const revision = await store.revision(proposal.id, request.revision);
    const decision = (await approvals.store.decisions(request.id)).findLast(
      (one) => one.decision === 'approve',
    );
    if (revision !== undefined && decision !== undefined) {
      return withApproval(revision.text, {
        approvedBy: decision.by,
        approvedAt: new Date(decision.at).toISOString(),
      });
    }
  }
  return null;
}
