import { counted, toAppError } from '../../../kernel/index.ts';
import type { ApprovalRequest } from '../../approvals/index.ts';
import { parseStandard, partsOfId, type StandardDocument } from '../../standards/index.ts';
import type { TryCheck } from '../checks/draft-facts.ts';
import { duplicatesInWords } from '../checks/duplicates-in-words.ts';
import type { Proposal, ProposalRevision } from '../store/proposal.ts';

/** What is known about a draft. */
interface Draft {
  request: ApprovalRequest;
  proposal: Proposal;
  revision: ProposalRevision;
  /** Where it would be written. */
  file: string;
  inTheWay: boolean;
  /** That a proposal of its name was rejected before, when and why, in a sentence. */
  rejected: string | undefined;
  /** Runs its `check:` now; for a revision whose `check:` was not run when it was proposed. */
  tryCheck: TryCheck;
}

const mostPlaces = 10;

/** What a person should know before deciding, one line each. */
export async function notesFor(draft: Draft): Promise<string[]> {
  const { request, proposal, revision, file, inTheWay, rejected } = draft;
  const document = await parseStandard(revision.text, partsOfId(request.subjectId));
  const { evidence } = document;
  const places = evidence.slice(0, mostPlaces).map((place) => `${place.file}:${place.line}`);
  const more = evidence.length - places.length;
  const count = `${evidence.length} ${evidence.length === 1 ? 'place' : 'places'}`;
  const { claimedApprover, fromJob } = proposal;
  return [
    `File: ${file}${inTheWay ? ' (there is a file of that name now: it would not be overwritten)' : ''}`,
    `Revision ${revision.revision} by ${revision.author}${fromJob === null ? '' : `, from job ${fromJob.slice(-4)}`}`,
    ...(revision.revision === 1
      ? []
      : [
          `It takes the place of revision ${revision.revision - 1}; the first is by ${proposal.createdBy}: \`troupe inbox show ${request.number} --revision 1\``,
        ]),
    ...(rejected === undefined ? [] : [rejected]),
    ...(places.length === 0
      ? ['Evidence: none']
      : [`Evidence: ${count}: ${places.join(', ')}${more > 0 ? ` and ${more} more` : ''}`]),
    ...(revision.note === null ? [] : [revision.note]),
    ...(document.checks.length === 0 ? [] : await aboutCheck(draft, document)),
    duplicatesInWords(revision.duplicates),
    'Secrets: none',
    ...(claimedApprover === null
      ? []
      : [`${JSON.stringify(claimedApprover)} is named as approver: a claim, which approves nothing`]),
  ];
}

async function aboutCheck(
  { request, revision, tryCheck }: Draft,
  document: StandardDocument,
): Promise<string[]> {
  const { flaggedPlaces, text } = revision;
  const when = 'counted as `troupe check` counts';
  if (flaggedPlaces !== null)
    return [`Check: flagged ${counted(flaggedPlaces, 'place')} of the project when it was proposed, ${when}`];
  if (request.outcome === 'done' || request.status === 'rejected') return [];
  try {
    const { places, problems } = await tryCheck({ id: request.subjectId, document, text });
    if (problems.length === 0)
      return [`Check: flags ${counted(places, 'place')} of the project now, ${when}`];
    return problems.map(({ reason }) => `Check: ${reason}`);
  } catch (error) {
    return [`Check: it could not be tried (${toAppError(error).line})`];
  }
}
