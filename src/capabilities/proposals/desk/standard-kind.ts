import type {
  ApprovalKind,
  ApprovalRequest,
  Approvals,
  Decision,
  SecretScan,
} from '../../approvals/index.ts';
import { lineProblem } from '../../../kernel/index.ts';
import { hashOfStandard, parseStandard, partsOfId } from '../../standards/index.ts';
import { checkProposal } from '../checks/check-proposal.ts';
import { lookAtDraft, type DraftSources } from '../checks/draft-facts.ts';
import { proposalErrors } from '../errors.ts';
import type { Proposal, ProposalRevision } from '../store/proposal.ts';
import type { ProposalStore } from '../store/proposal-store.ts';
import { assertFit } from './assert-fit.ts';
import { standardKindName } from './proposal-desk.ts';
import { hintsFor } from './proposal-hints.ts';
import { notesFor } from './proposal-notes.ts';
import { rejectedInWords } from './refuse-rejected.ts';
import { isTaken, targetOf, writeStandard } from './standard-file.ts';

/** A draft that a person wants otherwise. */
export interface RevisionWanted {
  proposal: Proposal;
  /** The draft as it is. */
  revision: ProposalRevision;
  /** `domain/topic`. */
  id: string;
  /** Number in the inbox. */
  number: number;
  /** What the person wants, in their words. */
  because: string;
}

/** What handling proposals in the inbox needs. */
export interface StandardKindOptions {
  approvals: Approvals;
  store: ProposalStore;
  root: string;
  scanForSecrets: SecretScan;
  maxTextBytes: number;
  facts: DraftSources;
  /**
   * Has the persona that proposed make the next revision, in a job; `undefined` where it cannot: no model, or a person
   * proposed. The job hands its text in as a proposal with `replacesRevisionOf`.
   */
  reviseByPersona?: ((wanted: RevisionWanted) => Promise<{ jobId: string } | undefined>) | undefined;
  /** The file of a standard that was adopted, as it is now. */
  readAdopted: (id: string) => Promise<string>;
  /** Has searches know the approvals and files there are now. Never fails. */
  refreshIndex: () => Promise<void>;
}

/** Handles requests for standards: shows the draft, writes it once approved, takes edits. */
export function standardKind(options: StandardKindOptions): ApprovalKind {
  const { store, root, scanForSecrets, maxTextBytes, facts, reviseByPersona, readAdopted, refreshIndex } =
    options;

  async function proposed(request: ApprovalRequest, revision = request.revision) {
    const proposal = await store.ofRequest(request.id);
    const found = proposal && (await store.revision(proposal.id, revision));
    return proposal === undefined || found === undefined ? undefined : { proposal, revision: found };
  }

  async function adopted({ id, subjectId }: ApprovalRequest) {
    const text = await store.adoptedText(id);
    if (text !== undefined) return { text, notes: ['Approved as it stood in its file'] };
    const note =
      'Approved as it stood in its file then; that text was not kept, and this is the file as it is now';
    return { text: await readAdopted(subjectId), notes: [note] };
  }

  return {
    kind: standardKindName,
    label: 'Standard',

    async show(request, revision) {
      const found = await proposed(request, revision);
      if (found === undefined) return adopted(request);
      const { text } = found.revision;
      const target = await targetOf(root, request.subjectId);
      const isOpen = request.outcome !== 'done' && request.status !== 'rejected';
      const inTheWay = isOpen && (await isTaken(target));
      // Of one that is decided, what was said of another no longer matters.
      const rejected = isOpen ? await rejectedInWords(options.approvals, request.subjectId) : undefined;
      const place = { file: target.file, inTheWay, rejected };
      return { text, notes: await notesFor({ ...found, request, ...place, tryCheck: facts.tryCheck }) };
    },

    hints: (request) => hintsFor(options, request),

    async revisions(request) {
      const proposal = await store.ofRequest(request.id);
      if (proposal !== undefined) return store.revisions(proposal.id);
      const { revision, textHash, from: author, createdAt } = request;
      return [{ revision, textHash, author, createdAt }];
    },

    async assertFit(request, revision) {
      const found = await proposed(request, revision);
      if (found !== undefined) await assertFit(request, found.revision.text);
    },

    async apply(request, decision: Decision) {
      const { number, subjectId: id } = request;
      const text = (await proposed(request, decision.revision))?.revision.text ?? '';
      if (hashOfStandard(text) !== decision.textHash)
        throw proposalErrors.make('proposals.text_changed', { id, number });
      await assertFit(request, text);
      const approved = { number, id, text, approvedBy: decision.by, approvedAt: decision.at };
      // What approval adds to the text is a few lines.
      const { file } = await writeStandard(root, { ...approved, maxFileBytes: text.length * 4 + 10_000 });
      await refreshIndex();
      return { message: `Written: ${file}` };
    },

    async edit(request, text, by) {
      const found = await proposed(request);
      if (found === undefined) throw proposalErrors.make('proposals.unknown', { proposalId: request.id });
      const { frontMatter, createdBy } = await parseStandard(text, partsOfId(request.subjectId));
      const before = partsOfId(request.subjectId);
      // A person renames a proposal by changing its front matter.
      const domain = textOr(frontMatter['domain'], before.domain);
      const topic = textOr(frontMatter['topic'], before.topic);
      const proposer = found.proposal.createdBy;
      // An older version took any name; without a fit one, it is the text of whoever mends it.
      const author = createdBy ?? (lineProblem(proposer) === undefined ? proposer : by);
      const input = { domain, topic, text, createdBy: author };
      const at = new Date(found.revision.createdAt).toISOString();
      const stamps = { createdAt: at, lastUpdated: at };
      const checked = await checkProposal(input, stamps, { scanForSecrets, maxTextBytes });
      const id = `${domain}/${topic}`;
      const target = await targetOf(root, id);
      if (id !== request.subjectId && (await isTaken(target)))
        throw proposalErrors.make('proposals.exists', { id, file: target.file });
      const known = await lookAtDraft(facts, id, checked);
      return {
        subjectId: id,
        title: id,
        textHash: checked.textHash,
        store: (tx, revised) =>
          store.addRevision(tx, {
            ...found.revision,
            ...known,
            revision: revised.revision,
            text: checked.text,
            textHash: checked.textHash,
            author: by,
            createdAt: revised.updatedAt,
          }),
      };
    },

    async revise({ request, because }) {
      const found = await proposed(request);
      if (found === undefined || reviseByPersona === undefined) return undefined;
      return reviseByPersona({ ...found, id: request.subjectId, number: request.number, because });
    },
  };
}

const textOr = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);
