import { onOneLine } from '../../../kernel/index.ts';
import { table } from '../render/table.ts';

interface ProposalLine {
  number: number;
  standard: string;
  created_by: string;
  status: string;
  revision: number;
  message: string | null;
}

/** `troupe standards proposals`. */
export function renderProposals(output: { proposals: ProposalLine[]; next_before: number | null }): string {
  const { proposals, next_before: next } = output;
  if (proposals.length === 0) return 'No proposals.';
  const rows = proposals.map((proposal) => [
    String(proposal.number),
    proposal.standard,
    onOneLine(proposal.created_by),
    proposal.status.replace('-', ' '),
    onOneLine(proposal.message ?? ''),
  ]);
  const more = next === null ? [] : [`More: troupe standards proposals --before ${next}`];
  return [table([['#', 'standard', 'from', 'state', ''], ...rows]), ...more].join('\n');
}

/** `troupe standards propose` and `generate`. */
export function renderProposed(output: {
  proposed: {
    request_number: number;
    standard: string;
    near_duplicates: { id: string; relevance: number; hidden_once_approved: boolean }[];
  }[];
  skipped: { standard: string; reason: string }[];
  message: string;
}): string {
  const proposed = output.proposed.map(({ request_number: number, standard, near_duplicates: near }) => {
    const hidden = near.filter((one) => one.hidden_once_approved).map(({ id }) => id);
    const alike = near
      .filter((one) => !one.hidden_once_approved)
      .map(({ id, relevance }) => `${id} (${relevance.toFixed(2)})`);
    return [
      `${number}  ${standard}`,
      ...(hidden.length === 0 ? [] : [`would hide: ${hidden.join(', ')}`]),
      ...(alike.length === 0 ? [] : [`near: ${alike.join(', ')}`]),
    ].join('  ');
  });
  const skipped = output.skipped.map(({ standard, reason }) => onOneLine(`!  ${standard}: ${reason}`));
  return [...proposed, ...skipped, output.message].join('\n');
}
