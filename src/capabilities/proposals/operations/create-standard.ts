import { createInput, createOutput } from '../contract/index.ts';
import { proposalOperation } from './proposal-deps.ts';

export const createProjectStandard = proposalOperation({
  name: 'proposals.create',
  summary: 'Propose a standard. A person approves it before it is written.',
  input: createInput,
  output: createOutput,
  doors: { mcp: 'create_project_standard', mcpAlias: 'create_standard' },
  policy: { effect: 'write', idempotent: true },
  errors: [
    'standards.bad_name',
    'standards.bad_front_matter',
    'proposals.too_large',
    'proposals.not_text',
    'proposals.bad_line',
    'proposals.secret',
    'proposals.said_twice',
    'proposals.incomplete',
    'proposals.retired',
    'proposals.exists',
    'proposals.outside_folder',
    'proposals.folder_spelling',
    'proposals.rejected_before',
    'approvals.asked_already',
    'approvals.too_many_waiting',
    'approvals.too_many_revisions',
  ],
  async handler(input, { deps }) {
    const { domain, topic, content, created_by: createdBy, approved_by: claimedApprover, tags } = input;
    const proposed = await deps.proposals.desk.propose({
      domain,
      topic,
      text: content,
      createdBy,
      claimedApprover,
      tags,
    });
    const claim =
      claimedApprover === undefined
        ? ''
        : ' The name in approved_by is kept as a claim; it approves nothing.';
    return {
      number: proposed.requestNumber,
      near_duplicates: proposed.duplicates.map(({ id }) => id),
      message: `${proposed.message}${claim}`,
    };
  },
});
