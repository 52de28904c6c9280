import type { ApprovalRequest } from '../../approvals/index.ts';
import { parseStandard, partsOfId } from '../../standards/index.ts';
import type { Proposal, ProposalRevision } from '../store/proposal.ts';

/** What is known about a draft. */
interface Draft {
  request: ApprovalRequest;
  proposal: Proposal;
  revision: ProposalRevision;
  /** Where it would be written. */
  file: string;
  inTheWay: boolean;
}

const mostPlaces = 10;

/** What a person should know before deciding, one line each. */
export async function notesFor({ request, proposal, revision, file, inTheWay }: Draft): Promise<string[]> {
  const { evidence } = await parseStandard(revision.text, partsOfId(request.subjectId));
  const places = evidence.slice(0, mostPlaces).map((place) => `${place.file}:${place.line}`);
  const more = evidence.length - places.length;
  const count = `${evidence.length} ${evidence.length === 1 ? 'place' : 'places'}`;
  const { claimedApprover, fromJob } = proposal;
  return [
    `File: ${file}${inTheWay ? ' (there is a file of that name now: it would not be overwritten)' : ''}`,
    `Revision ${revision.revision} by ${revision.author}${fromJob === null ? '' : `, from job ${fromJob.slice(-4)}`}`,
    ...(places.length === 0
      ? ['Evidence: none']
      : [`Evidence: ${count}: ${places.join(', ')}${more > 0 ? ` and ${more} more` : ''}`]),
    ...(revision.note === null ? [] : [revision.note]),
    ...flaggedBy(revision),
    `Near-duplicates: ${duplicatesOf(revision)}`,
    'Secrets: none',
    ...(claimedApprover === null
      ? []
      : [`"${claimedApprover}" is named as approver: a claim, which approves nothing`]),
  ];
}

function duplicatesOf({ duplicates }: ProposalRevision): string {
  if (duplicates === null) return 'could not be looked for';
  if (duplicates.length === 0) return 'none';
  return duplicates
    .map(({ id, relevance, isHidden }) => {
      const alike = relevance.toFixed(2);
      return isHidden
        ? `${id} (${alike}; ships with Troupe, hidden once this is approved)`
        : `${id} (${alike})`;
    })
    .join(', ');
}

function flaggedBy({ flaggedPlaces }: ProposalRevision): string[] {
  if (flaggedPlaces === null) return [];
  const places = `${flaggedPlaces} ${flaggedPlaces === 1 ? 'place' : 'places'}`;
  return [`Check: flagged ${places} of the project when it was proposed, counted as \`troupe check\` counts`];
}
