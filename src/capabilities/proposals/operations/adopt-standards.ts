import { createHash } from 'node:crypto';
import { isAppError } from '../../../kernel/index.ts';
import { personAtTerminal } from '../../approvals/index.ts';
import type { LibraryEntry, StandardsLibrary } from '../../standards/index.ts';
import { hiddenCharacter } from '../checks/hidden-characters.ts';
import { adoptInput, adoptOutput } from '../contract/index.ts';
import { standardKindName } from '../desk/proposal-desk.ts';
import { proposalErrors } from '../errors.ts';
import { proposalOperation, type ProposalDeps } from './proposal-deps.ts';

/** A standard that could be adopted. */
interface Adoptable {
  standard: string;
  file: string;
  title: string;
  lead: string;
  approval: 'unapproved' | 'changed';
  text_hash: string;
  size_bytes: number;
}

export const adoptStandards = proposalOperation({
  name: 'proposals.adopt',
  summary:
    "Approve standards that came with this repository, or that were changed by hand, in exactly their present texts. A person's act, in a terminal.",
  input: adoptInput,
  output: adoptOutput,
  doors: { cli: 'standards adopt' },
  policy: { effect: 'write', idempotent: true },
  errors: ['approvals.needs_person', 'standards.unknown', 'standards.ambiguous', 'proposals.nothing_listed'],
  async handler({ standard, list, selection_hash: shown }, { deps, call }) {
    const { approvals, ...presence } = deps.proposals;
    const found = await adoptable(standard, deps);
    const selectionHash = hashOf(found.standards);
    const outcome = { ...found, selection_hash: selectionHash };
    const count = found.standards.length;
    const message = `${count} ${count === 1 ? 'standard is' : 'standards are'} not approved.`;
    if (list) return { ...outcome, adopted: false, message };
    const command = `troupe standards adopt${standard === undefined ? '' : ` ${standard}`}`;
    const person = personAtTerminal(call, presence, { act: 'adopt', command });
    if (count === 0)
      return { ...outcome, adopted: false, message: 'Every standard here is approved already.' };
    if (shown !== selectionHash) throw proposalErrors.make('proposals.nothing_listed', { count });
    for (const { standard: id, text_hash: textHash, file } of found.standards) {
      const request = { kind: standardKindName, subjectId: id, title: id, textHash };
      await approvals.recordDone(person, request, `Adopted as it stands: ${file}`);
    }
    await deps.proposals.refreshIndex();
    const adopted = `${count} ${count === 1 ? 'standard' : 'standards'} adopted, in exactly the listed texts.`;
    return { ...outcome, adopted: true, message: adopted };
  },
});

async function adoptable(
  wanted: string | undefined,
  { proposals }: ProposalDeps,
): Promise<{ standards: Adoptable[]; skipped: { file: string; reason: string }[] }> {
  const library = await proposals.library();
  const { entries, skipped } = await library.list();
  const chosen = wanted === undefined ? undefined : (await library.find(wanted)).id;
  const isOpen = (entry: LibraryEntry) => entry.approval === 'unapproved' || entry.approval === 'changed';
  const open = entries.filter((entry) => isOpen(entry) && (chosen === undefined || entry.id === chosen));
  const standards: Adoptable[] = [];
  const left = wanted === undefined ? [...skipped] : [];
  for (const entry of open) {
    const { file } = entry;
    const read = await readChecked(library, entry, proposals);
    if ('reason' in read) left.push({ file, reason: read.reason });
    else standards.push(read);
  }
  return { standards, skipped: left };
}

/** What a person would approve, or why nobody should. */
async function readChecked(
  library: StandardsLibrary,
  entry: LibraryEntry,
  { scanForSecrets }: ProposalDeps['proposals'],
): Promise<Adoptable | { reason: string }> {
  try {
    const { text, document } = await library.read(entry);
    const hidden = hiddenCharacter(text);
    if (hidden !== undefined) return { reason: `it holds ${hidden.found} in line ${hidden.line}` };
    const [secret] = await scanForSecrets(text);
    if (secret !== undefined) return { reason: `there is a secret in line ${secret.line} (${secret.kind})` };
    return {
      standard: entry.id,
      file: entry.file,
      title: document.title,
      lead: document.lead,
      approval: entry.approval === 'changed' ? 'changed' : 'unapproved',
      text_hash: document.contentHash,
      size_bytes: entry.sizeBytes,
    };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { reason: error.message };
  }
}

function hashOf(standards: readonly Adoptable[]): string {
  const lines = standards.map((entry) => `${entry.standard} ${entry.text_hash}\n`);
  return createHash('sha256').update(lines.toSorted().join('')).digest('hex');
}
