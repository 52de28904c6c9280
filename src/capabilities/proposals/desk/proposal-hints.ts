import { isAppError } from '../../../kernel/index.ts';
import type { ApprovalRequest, Approvals } from '../../approvals/index.ts';
import type { ProposalRevision } from '../store/proposal.ts';
import type { ProposalStore } from '../store/proposal-store.ts';
import { lastRejected } from './refuse-rejected.ts';
import { isTaken, targetOf } from './standard-file.ts';

/**
 * What a list says of a proposal that is still open, in a few words each: the notes that `inbox show` has in full. Nothing
 * of one that is decided, or that was adopted.
 */
export async function hintsFor(
  { approvals, store, root }: { approvals: Approvals; store: ProposalStore; root: string },
  { id, subjectId, status, revision, outcome }: ApprovalRequest,
): Promise<string[]> {
  if (status === 'rejected' || status === 'withdrawn' || outcome === 'done') return [];
  const proposal = await store.ofRequest(id);
  const found = proposal && (await store.revision(proposal.id, revision));
  if (found === undefined) return [];
  const rejected = await lastRejected(approvals, subjectId);
  return [
    ...(rejected === undefined ? [] : [`rejected before (${rejected})`]),
    ...(await placeOf(root, subjectId)),
    ...nearOf(found),
  ];
}

async function placeOf(root: string, id: string): Promise<string[]> {
  try {
    return (await isTaken(await targetOf(root, id))) ? ['its file exists'] : [];
  } catch (error) {
    if (!isAppError(error)) throw error;
    return ['cannot be written'];
  }
}

function nearOf({ duplicates }: ProposalRevision): string[] {
  const hides = duplicates?.some(({ isHidden }) => isHidden) === true;
  const [nearest, ...more] = duplicates?.filter(({ isHidden }) => isHidden !== true) ?? [];
  return [
    ...(hides ? ['hides the shipped one'] : []),
    ...(nearest === undefined ? [] : [`near ${nearest.id}${more.length === 0 ? '' : ` +${more.length}`}`]),
  ];
}
