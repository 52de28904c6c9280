import type { ApprovalRequest, InboxFilter } from '../../approvals/index.ts';
import { listInput, listOutput, type ProposalState } from '../contract/index.ts';
import { standardKindName } from '../desk/proposal-desk.ts';
import { proposalOperation } from './proposal-deps.ts';

export const listProposals = proposalOperation({
  name: 'proposals.list',
  summary: 'Proposed standards and what people decided.',
  input: listInput,
  output: listOutput,
  doors: { mcp: 'list_proposals', cli: 'standards proposals' },
  policy: { effect: 'read', idempotent: true },
  errors: [],
  async handler({ status, limit, before }, { deps }) {
    const { approvals } = deps.proposals;
    const filter = { project: approvals.project, kind: standardKindName, ...filterOf(status) };
    const found = await approvals.store.list(filter, { limit: limit + 1, before });
    const page = found.slice(0, limit);
    const lines = page.map(async (request) => {
      const decisions = request.status === 'waiting' ? [] : await approvals.store.decisions(request.id);
      return {
        number: request.number,
        standard: request.subjectId,
        created_by: request.from,
        status: stateOf(request),
        revision: request.revision,
        message: request.outcomeMessage ?? decisions.at(-1)?.because ?? null,
      };
    });
    return {
      proposals: await Promise.all(lines),
      next_before: found.length > limit ? page.at(-1)!.number : null,
    };
  },
});

function stateOf({ status, outcome }: ApprovalRequest): ProposalState {
  return status === 'approved' && outcome === 'done' ? 'written' : status;
}

function filterOf(state: ProposalState | undefined): Pick<InboxFilter, 'statuses' | 'open' | 'done'> {
  if (state === undefined) return {};
  if (state === 'written') return { statuses: ['approved'], done: true };
  return state === 'approved' ? { statuses: ['approved'], open: true } : { statuses: [state] };
}
