import { counted } from '../../../kernel/index.ts';
import { personAtTerminal } from '../../approvals/index.ts';
import { adoptOne } from '../adoption/adopt-one.ts';
import { adoptable, named, selectionHash, type Adoptable } from '../adoption/adoptable.ts';
import { withNotes } from '../adoption/notes-for-adoption.ts';
import { adoptInput, adoptOutput } from '../contract/index.ts';
import { proposalErrors } from '../errors.ts';
import { proposalOperation } from './proposal-deps.ts';

export const adoptStandards = proposalOperation({
  name: 'proposals.adopt',
  summary:
    "Approve standards that came with this repository, or that were changed by hand, each in exactly the text that is shown. Without names it lists them. A person's act, in a terminal.",
  input: adoptInput,
  output: adoptOutput,
  doors: { cli: 'standards adopt' },
  policy: { effect: 'write', idempotent: true },
  errors: ['call.needs_person', 'standards.unknown', 'standards.ambiguous', 'proposals.selection_changed'],
  async handler({ standards: names = [], all, selection_hash: shown }, { deps, call }) {
    const { approvals, store, scanForSecrets, tryChecks, facts, ...presence } = deps.proposals;
    const library = await deps.proposals.library();
    const everything = await adoptable({ library, approvals, store, scanForSecrets, tryChecks });
    if (names.length === 0 && !all) {
      const listed = everything.standards.map((one) => ({
        ...one,
        notes: [],
        text: null,
        approved_text: null,
      }));
      return {
        ...everything,
        standards: listed,
        selection_hash: selectionHash(everything.standards),
        adopted: false,
        message: listMessage(everything),
      };
    }
    const command = `troupe standards adopt ${names.length === 0 ? '--all' : names.join(' ')}`;
    const person = personAtTerminal(call, presence, { act: 'adopting', command });
    const found = names.length === 0 ? everything : await named(library, everything, names);
    const { standards } = found;
    const count = standards.length;
    const isShown = shown !== undefined;
    const noted = isShown
      ? standards.map((one) => ({ ...one, notes: [] }))
      : await withNotes(facts, standards);
    const outcome = { ...found, standards: noted, selection_hash: selectionHash(standards) };
    if (count === 0) return { ...outcome, adopted: false, message: listMessage(found) };
    if (!isShown) return { ...outcome, adopted: false, message: `${counted(count, 'standard')} to adopt.` };
    if (shown !== outcome.selection_hash) throw proposalErrors.make('proposals.selection_changed', { count });
    for (const standard of standards) await adoptOne({ approvals, store }, person, standard);
    await deps.proposals.refreshIndex();
    const adopted = `${counted(count, 'standard')} adopted, in exactly the ${count === 1 ? 'text' : 'texts'} shown.`;
    return { ...outcome, adopted: true, message: adopted };
  },
});

function listMessage({
  standards,
  skipped,
}: {
  standards: readonly Pick<Adoptable, 'standard'>[];
  skipped: readonly unknown[];
}): string {
  const count = standards.length;
  if (count > 0) {
    return `${count} ${count === 1 ? 'standard is' : 'standards are'} not approved. \`troupe standards adopt NAME…\` shows each whole and asks, \`--all\` shows all and asks once.`;
  }
  if (skipped.length === 0) return 'Every standard here is approved already.';
  return `There is nothing to adopt; see the ${skipped.length === 1 ? 'reason' : 'reasons'}.`;
}
