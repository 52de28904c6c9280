import { generateInput, generateOutput } from '../contract/index.ts';
import { proposalOperation, proposeEach } from './proposal-deps.ts';

export const generateStandards = proposalOperation({
  name: 'proposals.generate',
  summary: 'Propose the standards that Troupe has drafted for the languages of this project.',
  input: generateInput,
  output: generateOutput,
  doors: { cli: 'standards generate' },
  policy: { effect: 'write', idempotent: true },
  errors: ['approvals.too_many_waiting'],
  async handler({ language }, { deps }) {
    const { desk, languageDrafts } = deps.proposals;
    const { languages, drafts, whyNone } = await languageDrafts(language);
    const outcome = await proposeEach(
      desk,
      drafts.map((draft) => ({ ...draft, createdBy: 'troupe' })),
    );
    const message = whyNone === undefined ? outcome.message : `${outcome.message} ${whyNone}`;
    return { ...outcome, message, languages };
  },
});
