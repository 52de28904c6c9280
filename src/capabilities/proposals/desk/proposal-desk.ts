import { onOneLine, type Clock, type IdSource } from '../../../kernel/index.ts';
import {
  approvalErrors,
  type ApprovalRequest,
  type Approvals,
  type SecretScan,
} from '../../approvals/index.ts';
import { checkProposal } from '../checks/check-proposal.ts';
import { lookAtDraft, type DraftSources } from '../checks/draft-facts.ts';
import { proposalErrors } from '../errors.ts';
import type { DraftFacts, NearDuplicate, Proposal, ProposalRevision } from '../store/proposal.ts';
import type { ProposalStore } from '../store/proposal-store.ts';
import type { ProposalInput } from './proposal-input.ts';
import { rejectedInWords, refuseRejected } from './refuse-rejected.ts';
import { isTaken, targetOf } from './standard-file.ts';

/** The kind of request that proposals, and adopted standards, make in the inbox. */
export const standardKindName = 'standard';

/** What whoever proposed is told. */
export interface ProposalReceipt {
  proposalId: string;
  requestId: string;
  requestNumber: number;
  revision: number;
  duplicates: NearDuplicate[];
  /** Places that its `check:` flags in the whole project; `null` without one, or when it could not be run. */
  flaggedPlaces: number | null;
  /** What a person runs to approve it. */
  approveCommand: string;
  message: string;
}

/** What the desk needs. */
export interface ProposalDeskOptions {
  approvals: Approvals;
  store: ProposalStore;
  clock: Clock;
  ids: IdSource;
  /** Real path of the project's root. */
  root: string;
  scanForSecrets: SecretScan;
  facts: DraftSources;
  limits: { maxTextBytes: number; maxRevisions: number };
}

/** Where standards are proposed. */
export interface ProposalDesk {
  /**
   * Checks a draft and asks a person to approve it. Writes no file. The same text again is the same proposal; another
   * text of the same author for a standard that still waits is its next revision.
   * Errors: those of the checks, `proposals.exists`, `proposals.rejected_before`, `proposals.unknown`,
   * `proposals.outside_folder`, `proposals.folder_spelling`, `approvals.asked_already`, `approvals.too_many_waiting`,
   * `approvals.too_many_revisions`, `approvals.already_decided`, `approvals.old_revision`.
   */
  propose(input: ProposalInput): Promise<ProposalReceipt>;
}

/** A proposal that a new text may follow. */
interface Previous {
  proposal: Proposal;
  request: ApprovalRequest;
  current: ProposalRevision;
}

/** Opens the desk of a project. */
export function openProposalDesk(options: ProposalDeskOptions): ProposalDesk {
  const { approvals, store, clock, ids, root, facts: sources, limits } = options;
  const context = { scanForSecrets: options.scanForSecrets, maxTextBytes: limits.maxTextBytes };

  async function previousOf(input: ProposalInput, id: string): Promise<Previous | undefined> {
    const open = await approvals.store.openAbout(approvals.project, standardKindName, id);
    const { replacesRevisionOf: proposalId } = input;
    const proposal =
      proposalId === undefined ? open && (await store.ofRequest(open.id)) : await store.get(proposalId);
    if (proposal === undefined) {
      if (proposalId !== undefined) throw proposalErrors.make('proposals.unknown', { proposalId });
      return undefined;
    }
    if (proposalId === undefined && proposal.createdBy !== input.createdBy) return undefined;
    const request = (await approvals.store.get(proposal.requestId))!;
    const current = (await store.revision(proposal.id, request.revision))!;
    return { proposal, request, current };
  }

  const saidBefore = (id: string) => rejectedInWords(approvals, id);

  return {
    async propose(input) {
      const id = `${input.domain}/${input.topic}`;
      const now = clock.now();
      const previous = await previousOf(input, id);
      if (previous !== undefined) {
        const { createdAt } = previous.proposal;
        const stamps = { createdAt: secondOf(createdAt), lastUpdated: secondOf(previous.current.createdAt) };
        const { textHash } = await checkProposal(input, stamps, context);
        const isSame = textHash === previous.request.textHash && previous.request.subjectId === id;
        if (isSame)
          return receiptOf(previous.proposal, previous.request, previous.current, await saidBefore(id));
        refuseFurther(previous.request, limits.maxRevisions);
      }
      const createdAt = secondOf(previous?.proposal.createdAt ?? now);
      const checked = await checkProposal(input, { createdAt, lastUpdated: secondOf(now) }, context);
      const target = await targetOf(root, id);
      if (await isTaken(target)) throw proposalErrors.make('proposals.exists', { id, file: target.file });
      await refuseRejected({ approvals, store }, id, checked.document.body);
      const known = await lookAtDraft(sources, id, checked);

      const claimedApprover = input.claimedApprover ?? checked.claimedApprover;
      const proposal: Omit<Proposal, 'requestId'> = previous?.proposal ?? {
        id: ids.next(),
        project: approvals.project,
        createdBy: input.createdBy,
        claimedApprover,
        fromJob: input.fromJob ?? null,
        createdAt: now,
      };
      const revisionOf = (revision: number): ProposalRevision => ({
        proposalId: proposal.id,
        revision,
        text: checked.text,
        textHash: checked.textHash,
        author: input.createdBy,
        ...known,
        note: input.note ?? null,
        createdAt: now,
      });
      const facts = { subjectId: id, title: id, textHash: checked.textHash };
      const request = await approvals.store.commit(now, async (tx) => {
        if (previous !== undefined) {
          const { request: before } = previous;
          const basis = { requestId: before.id, follows: before.revision, move: 'revise', at: now } as const;
          const revised = await approvals.store.revise(tx, { ...facts, ...basis });
          await store.addRevision(tx, revisionOf(revised.revision));
          return revised;
        }
        const from = input.createdBy;
        const asked = await approvals.request(tx, { ...facts, kind: standardKindName, from });
        await store.insert(tx, { ...proposal, requestId: asked.id }, revisionOf(asked.revision));
        return asked;
      });
      return receiptOf(proposal, request, known, await saidBefore(id));
    },
  };
}

/** Errors: `approvals.too_many_revisions`. */
function refuseFurther({ number, revision }: ApprovalRequest, limit: number): void {
  if (revision >= limit)
    throw approvalErrors.make('approvals.too_many_revisions', { number, revision, limit });
}

function receiptOf(
  { id: proposalId, createdBy, createdAt }: Pick<Proposal, 'id' | 'createdBy' | 'createdAt'>,
  request: ApprovalRequest,
  { duplicates, flaggedPlaces }: DraftFacts,
  rejected: string | undefined,
): ProposalReceipt {
  const { number, revision, id: requestId } = request;
  const approveCommand = `troupe inbox approve ${number}`;
  return {
    proposalId,
    requestId,
    requestNumber: number,
    revision,
    duplicates: duplicates ?? [],
    flaggedPlaces,
    approveCommand,
    message: [
      ...(revision === 1
        ? []
        : [
            `This updates request ${number}, which is already waiting: ${onOneLine(createdBy)} proposed the first revision of ${request.title} on ${secondOf(createdAt).slice(0, 10)}, and this text takes the place of revision ${revision - 1}.`,
          ]),
      ...(rejected === undefined ? [] : [rejected]),
      `Proposed as request ${number}, revision ${revision}; nothing is written before a person approves it: \`${approveCommand}\` in a terminal.`,
      ...(duplicates ?? [])
        .filter(({ isHidden }) => isHidden)
        .map(({ id }) => `Once approved, it hides ${id}, which ships with Troupe.`),
    ].join(' '),
  };
}

/** ISO 8601 to the second: milliseconds say nothing to readers of a front matter. */
function secondOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
