import { operationsOf, toAppError, type AppError } from '../../../kernel/index.ts';
import type { Approvals, Presence, SecretScan } from '../../approvals/index.ts';
import type { StandardsLibrary, TryChecks } from '../../standards/index.ts';
import type { z } from 'zod';
import type { DraftSources } from '../checks/draft-facts.ts';
import type { proposeOutput, receipt } from '../contract/index.ts';
import type { ProposalDesk, ProposalReceipt } from '../desk/proposal-desk.ts';
import type { ProposalInput } from '../desk/proposal-input.ts';
import type { ProposalStore } from '../store/proposal-store.ts';

/** Drafts of standards for languages. */
export interface LanguageDrafts {
  /** Languages they are for. */
  languages: string[];
  drafts: Pick<ProposalInput, 'domain' | 'topic' | 'text'>[];
  /** Where there are none, why, in sentences. */
  whyNone?: string;
}

/** What the operations on proposals need. */
export interface ProposalDeps {
  proposals: Presence & {
    desk: ProposalDesk;
    store: ProposalStore;
    approvals: Approvals;
    library: () => Promise<StandardsLibrary>;
    scanForSecrets: SecretScan;
    /** Where what is near to a standard that is adopted is looked for. */
    facts: DraftSources;
    tryChecks: TryChecks;
    /** Text of a file of the project, every byte of it, named absolute or relative to its root. Errors: `files.*`. */
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

/** Whether what refused one draft, a full inbox, disk or database, refuses the next as well. */
const refusesTheRest = ({ code, category }: AppError) =>
  code === 'approvals.too_many_waiting' || category === 'unavailable' || category === 'internal';

const nameOf = ({ domain, topic }: ProposalInput) => `${domain}/${topic}`;

/**
 * Proposes several drafts; one that is refused does not keep the others out. Where the inbox, disk or database takes no more,
 * the rest is skipped with that reason; it fails only where nothing was proposed before.
 */
export async function proposeEach(
  desk: ProposalDesk,
  drafts: readonly ProposalInput[],
): Promise<z.output<typeof proposeOutput>> {
  const proposed: z.output<typeof proposeOutput>['proposed'] = [];
  const skipped: z.output<typeof proposeOutput>['skipped'] = [];
  for (const [at, draft] of drafts.entries()) {
    try {
      proposed.push({ ...wireReceipt(await desk.propose(draft)), standard: nameOf(draft) });
    } catch (error) {
      const refused = toAppError(error);
      const { line: reason, category } = refused;
      const isEnd = refusesTheRest(refused);
      if (isEnd && proposed.length === 0) throw refused;
      for (const left of isEnd ? drafts.slice(at) : [draft])
        skipped.push({ standard: nameOf(left), reason, category });
      if (isEnd) break;
    }
  }
  const waiting = `${proposed.length} ${proposed.length === 1 ? 'proposal waits' : 'proposals wait'}`;
  const message =
    proposed.length === 0 ? 'Nothing was proposed.' : `${waiting} for a person: \`troupe inbox\`.`;
  return { proposed, skipped, message };
}
