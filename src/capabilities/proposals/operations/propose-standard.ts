import { isAppError } from '../../../kernel/index.ts';
import { parseStandard } from '../../standards/index.ts';
import { proposeInput, proposeOutput } from '../contract/index.ts';
import type { ProposalInput } from '../desk/proposal-input.ts';
import { proposalErrors } from '../errors.ts';
import { proposalOperation, proposeEach, wireReceipt, type ProposalDeps } from './proposal-deps.ts';

export const proposeStandard = proposalOperation({
  name: 'proposals.propose',
  summary: 'Propose a standard from a file, or from what repeats in the findings of a job.',
  input: proposeInput,
  output: proposeOutput,
  doors: { cli: 'standards propose' },
  policy: { effect: 'write', idempotent: true },
  errors: [
    'proposals.no_source',
    'proposals.no_name',
    'proposals.nothing_repeated',
    'proposals.outside_project',
    'files.not_found',
    'files.ignored',
    'files.other_encoding',
  ],
  async handler({ file, from, domain, topic }, { deps }) {
    const { desk, draftsFromJob } = deps.proposals;
    if (file !== undefined) {
      const draft = await draftOf(file, { domain, topic }, deps);
      const given = await desk.propose(draft);
      const standard = `${draft.domain}/${draft.topic}`;
      return { proposed: [{ ...wireReceipt(given), standard }], skipped: [], message: given.message };
    }
    if (from === undefined) throw proposalErrors.make('proposals.no_source', {});
    const drafts = await draftsFromJob(from);
    if (drafts.length === 0) throw proposalErrors.make('proposals.nothing_repeated', { jobId: from });
    return proposeEach(desk, drafts);
  },
});

async function draftOf(
  file: string,
  names: { domain: string | undefined; topic: string | undefined },
  { proposals }: ProposalDeps,
): Promise<ProposalInput> {
  const { path, text } = await proposals.readDraft(file).catch((error: unknown) => {
    if (!isAppError(error, 'files.outside_project')) throw error;
    throw proposalErrors.make('proposals.outside_project', { file }, { cause: error });
  });
  const [folder, name] = path.split('/').slice(-2);
  const byPath = name === undefined ? undefined : name.replace(/\.md$/i, '');
  const place = { domain: names.domain ?? folder ?? '', topic: names.topic ?? byPath ?? '', file: path };
  const { frontMatter, createdBy } = await parseStandard(text, place);
  const domain = names.domain ?? textOf(frontMatter['domain']) ?? (byPath === undefined ? undefined : folder);
  const topic = names.topic ?? textOf(frontMatter['topic']) ?? byPath;
  if (domain === undefined || topic === undefined)
    throw proposalErrors.make('proposals.no_name', { file: path });
  return { domain, topic, text, createdBy: createdBy ?? proposals.personName() };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
