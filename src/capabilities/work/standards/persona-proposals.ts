import type { ApprovalRequest, ApprovalStore } from '../../approvals/index.ts';
import type { ProposalDesk, ProposalStore } from '../../proposals/index.ts';
import { parseStandard, partsOfId } from '../../standards/index.ts';

/** A standard that was proposed before and that nobody need be asked about again. */
export interface EarlierProposal {
  /** `domain/topic`. */
  id: string;
  /** Number in the inbox. */
  number: number;
  /** Open: a person has not answered, or it is not written yet. */
  state: 'open' | 'rejected';
  /** Rules that its newest text carries as checks. */
  uses: readonly string[];
}

/** What personas can do about standards: ask. Nothing here writes a standard or approves one. */
export interface PersonaProposals {
  propose: ProposalDesk['propose'];
  /** Proposals that are open or were rejected, newest first. */
  earlier(): Promise<readonly EarlierProposal[]>;
}

/** Requests that are looked back at; more have not been left open, or been rejected, in any project. */
const lookedBack = 200;

/** What personas can do, by the desk and the inbox of a project. */
export function personaProposals(given: {
  desk: ProposalDesk;
  proposals: ProposalStore;
  inbox: ApprovalStore;
  /** Real path of the project's root. */
  project: string;
  /** Kind of request that proposals make in the inbox. */
  kind: string;
}): PersonaProposals {
  const { desk, proposals, inbox, project, kind } = given;

  async function usesOf(request: ApprovalRequest): Promise<string[]> {
    const proposal = await proposals.ofRequest(request.id);
    const revision = proposal && (await proposals.revision(proposal.id, request.revision));
    if (revision === undefined) return [];
    const { checks } = await parseStandard(revision.text, partsOfId(request.subjectId));
    return checks.flatMap((check) => ('uses' in check ? [check.uses] : []));
  }

  return {
    propose: (input) => desk.propose(input),
    async earlier() {
      const page = { limit: lookedBack };
      const [open, rejected] = await Promise.all([
        inbox.list({ project, kind, open: true }, page),
        inbox.list({ project, kind, statuses: ['rejected'] }, page),
      ]);
      const withUses = (state: EarlierProposal['state']) => async (request: ApprovalRequest) => ({
        id: request.subjectId,
        number: request.number,
        state,
        uses: await usesOf(request),
      });
      return Promise.all([...open.map(withUses('open')), ...rejected.map(withUses('rejected'))]);
    },
  };
}
