import { onOneLine } from '../../../kernel/index.ts';
import { parseStandard, partsOfId } from '../../standards/index.ts';
import type { ApprovalRequest, Approvals } from '../../approvals/index.ts';
import { proposalErrors } from '../errors.ts';
import type { ProposalStore } from '../store/proposal-store.ts';

/** How many rejected proposals of a standard are looked back at. */
const lookedBack = 20;

/** A person's no to an earlier proposal of a standard. */
interface Rejection {
  /** Number of the request. */
  number: number;
  by: string;
  because: string | null;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * Refuses a body that a person has rejected for this standard: the same question is not asked twice.
 * Errors: `proposals.rejected_before`.
 */
export async function refuseRejected(
  { approvals, store }: { approvals: Approvals; store: ProposalStore },
  id: string,
  body: string,
): Promise<void> {
  for (const request of await rejectedOf(approvals, id, lookedBack)) {
    const proposal = await store.ofRequest(request.id);
    const revision = proposal && (await store.revision(proposal.id, request.revision));
    if (revision === undefined) continue;
    const rejected = await parseStandard(revision.text, partsOfId(id));
    if (rejected.body.trim() !== body.trim()) continue;
    const { number, by, because } = await rejectionOf(approvals, request);
    throw proposalErrors.make('proposals.rejected_before', { id, number, by, because });
  }
}

/** The last no to a proposal of this name, in a sentence; `undefined` where there was none. */
export async function rejectedInWords(approvals: Approvals, id: string): Promise<string | undefined> {
  const [last] = await rejectedOf(approvals, id, 1);
  if (last === undefined) return undefined;
  const { number, by, because, at } = await rejectionOf(approvals, last);
  const day = new Date(at).toISOString().slice(0, 10);
  const why = because === null ? 'no reason was given' : onOneLine(because).replace(/\.$/, '');
  return `A proposal of this name was rejected on ${day} by ${by} (request ${number}): ${why}. This text is another one.`;
}

/** Number of the request of the last proposal of this name that was rejected. */
export async function lastRejected(approvals: Approvals, id: string): Promise<number | undefined> {
  return (await rejectedOf(approvals, id, 1))[0]?.number;
}

function rejectedOf(approvals: Approvals, id: string, limit: number): Promise<ApprovalRequest[]> {
  const filter = {
    project: approvals.project,
    kind: 'standard',
    subjectId: id,
    statuses: ['rejected'],
  } as const;
  return approvals.store.list(filter, { limit });
}

async function rejectionOf(approvals: Approvals, { id, number }: ApprovalRequest): Promise<Rejection> {
  const decisions = await approvals.store.decisions(id);
  const { by, because, at } = decisions.findLast(({ decision }) => decision === 'reject')!;
  return { number, by, because, at };
}
