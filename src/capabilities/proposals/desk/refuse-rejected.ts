import { parseStandard, partsOfId } from '../../standards/index.ts';
import type { Approvals } from '../../approvals/index.ts';
import { proposalErrors } from '../errors.ts';
import type { ProposalStore } from '../store/proposal-store.ts';

/** How many rejected proposals of a standard are looked back at. */
const lookedBack = 20;

/**
 * Refuses a body that a person has rejected for this standard: the same question is not asked twice.
 * Errors: `proposals.rejected_before`.
 */
export async function refuseRejected(
  { approvals, store }: { approvals: Approvals; store: ProposalStore },
  id: string,
  body: string,
): Promise<void> {
  const filter = {
    project: approvals.project,
    kind: 'standard',
    subjectId: id,
    statuses: ['rejected'],
  } as const;
  for (const request of await approvals.store.list(filter, { limit: lookedBack })) {
    const proposal = await store.ofRequest(request.id);
    const revision = proposal && (await store.revision(proposal.id, request.revision));
    if (revision === undefined) continue;
    const rejected = await parseStandard(revision.text, partsOfId(id));
    if (rejected.body.trim() !== body.trim()) continue;
    const decisions = await approvals.store.decisions(request.id);
    const { by, because } = decisions.findLast(({ decision }) => decision === 'reject')!;
    throw proposalErrors.make('proposals.rejected_before', { id, number: request.number, by, because });
  }
}
