import { operationsOf, toAppError } from '../../../kernel/index.ts';
import type { Approvals, Presence, SecretScan } from '../../approvals/index.ts';
import type { StandardsLibrary } from '../../standards/index.ts';
import type { z } from 'zod';
import type { proposeOutput, receipt } from '../contract/index.ts';
import type { ProposalDesk, ProposalReceipt } from '../desk/proposal-desk.ts';
import type { ProposalInput } from '../desk/proposal-input.ts';
import type { ProposalStore } from '../store/proposal-store.ts';

/** Drafts of standards for languages. */
export interface LanguageDrafts {
  /** Languages they are for. */
  languages: string[];
  drafts: Pick<ProposalInput, 'domain' | 'topic' | 'text'>[];
}

/** What the operations on proposals need. */
export interface ProposalDeps {
  proposals: Presence & {
    desk: ProposalDesk;
    store: ProposalStore;
    approvals: Approvals;
    library: () => Promise<StandardsLibrary>;
    scanForSecrets: SecretScan;
    /** Text of a file of the project, named absolute or relative to its root. Errors: `files.*`. */
    readDraft: (file: string) => Promise<{ path: string; text: string }>;
    /** Drafts from what repeats in a job's findings; none where nothing does. Errors: `jobs.*`. */
    draftsFromJob: (jobId: string) => Promise<ProposalInput[]>;
    /** Has searches know the approvals and files there are now. Never fails. */
    refreshIndex: () => Promise<void>;
    /** Drafts for a language, or for those found in the project. */
    languageDrafts: (language: string | undefined) => Promise<LanguageDrafts>;
  };
}

export const proposalOperation = operationsOf<ProposalDeps>();

/** A receipt as it travels. */
export function wireReceipt(given: ProposalReceipt): z.output<typeof receipt> {
  return {
    proposal_id: given.proposalId,
    request_number: given.requestNumber,
    revision: given.revision,
    near_duplicates: given.duplicates.map(({ id, relevance, isHidden = false }) => ({
      id,
      relevance,
      hidden_once_approved: isHidden,
    })),
    flagged_places: given.flaggedPlaces,
    message: given.message,
  };
}

/** Proposes several drafts; one that is refused does not keep the others out. */
export async function proposeEach(
  desk: ProposalDesk,
  drafts: readonly ProposalInput[],
): Promise<z.output<typeof proposeOutput>> {
  const proposed: z.output<typeof proposeOutput>['proposed'] = [];
  const skipped: z.output<typeof proposeOutput>['skipped'] = [];
  for (const draft of drafts) {
    const standard = `${draft.domain}/${draft.topic}`;
    try {
      proposed.push({ ...wireReceipt(await desk.propose(draft)), standard });
    } catch (error) {
      const refused = toAppError(error);
      // A full inbox, disk or database refuses the rest as well.
      if (refused.category === 'internal' || refused.category === 'unavailable') throw refused;
      skipped.push({ standard, reason: refused.line, category: refused.category });
    }
  }
  const waiting = `${proposed.length} ${proposed.length === 1 ? 'proposal waits' : 'proposals wait'}`;
  const message =
    proposed.length === 0 ? 'Nothing was proposed.' : `${waiting} for a person: \`troupe inbox\`.`;
  return { proposed, skipped, message };
}
