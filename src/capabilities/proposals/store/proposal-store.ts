import type { EventTransaction } from '../../approvals/index.ts';
import type { Proposal, ProposalRevision } from './proposal.ts';

/**
 * Where proposals and their texts live. Writes happen in the transaction of the request they belong to, so that a
 * proposal and its request are stored together. All errors of `Sql` may occur.
 */
export interface ProposalStore {
  insert(tx: EventTransaction, proposal: Proposal, first: ProposalRevision): Promise<void>;
  /** Adds the text of a later revision. */
  addRevision(tx: EventTransaction, revision: ProposalRevision): Promise<void>;
  get(proposalId: string): Promise<Proposal | undefined>;
  /** The proposal of a request; `undefined` for a request that came otherwise, such as an adopted standard. */
  ofRequest(requestId: string): Promise<Proposal | undefined>;
  revision(proposalId: string, revision: number): Promise<ProposalRevision | undefined>;
  /** All texts in order; there are a few. */
  revisions(proposalId: string): Promise<ProposalRevision[]>;
  /** Keeps the text of a file that was approved as it stands, by its request. */
  addAdopted(tx: Pick<EventTransaction, 'sql'>, requestId: string, text: string): Promise<void>;
  /** The text kept by `addAdopted`. */
  adoptedText(requestId: string): Promise<string | undefined>;
}
