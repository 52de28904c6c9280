import { assertPerson, operationsOf, reasonOf, toAppError } from '../../../kernel/index.ts';
import { writeFileAtomically } from '../../../platform/files/index.ts';
import { retireStandardInput, retireStandardOutput } from '../contract/index.ts';
import { hashOfStandard } from '../document/approvable-text.ts';
import { withoutRetirement, withRetirement } from '../document/retirement.ts';
import { nameOfId } from '../document/standard-name.ts';
import { standardErrors } from '../errors.ts';
import type { LibraryDeps } from './library-deps.ts';
import { findGone, retireGone, retiring } from './retire-gone.ts';

export const retireStandard = operationsOf<LibraryDeps>()({
  name: 'standards.retire',
  summary:
    "Retire one of the project's standards: it stays findable, marked and last, and is no longer checked. A person's act, on a terminal.",
  input: retireStandardInput,
  output: retireStandardOutput,
  doors: { cli: 'standards retire' },
  policy: { effect: 'write', idempotent: false },
  errors: [
    'standards.unknown',
    'standards.ambiguous',
    'standards.gone',
    'standards.unusable',
    'call.needs_person',
    'call.needs_reason',
    'call.hidden_in_reason',
    'call.secret_in_reason',
    'standards.shipped',
    'standards.already_retired',
    'standards.replaces_itself',
    'standards.changed_meanwhile',
    'standards.retirement_unrecorded',
    'standards.bad_front_matter',
    'files.not_writable',
    'files.disk_full',
  ],
  async handler({ standard, because: given, replaced_by: replacement }, { deps, call }) {
    const { standards } = deps.library;
    const gone = await findGone(standards, standard);
    if (gone !== undefined) return retireGone(gone, { because: given, replacement }, { deps, call });
    const entry = await standards.find(standard);
    const { id, file } = entry;
    if (entry.layer === 'universal') throw standardErrors.make('standards.shipped', { id: nameOfId(id) });
    assertPerson(call, deps, retiring(id));
    const because = await reasonOf(given, retiring(id), deps.library.scanForSecrets);
    const replacedBy = replacement === undefined ? null : nameOfId((await standards.find(replacement)).id);
    if (replacedBy === id) throw standardErrors.make('standards.replaces_itself', { id });
    const { text, document, approval: standing, approvedHashes } = await standards.read(entry);
    const retired = withRetirement(text, { because, replacedBy });
    const isRetired = document.status === 'retired';
    const wasApproved =
      isRetired && standing === 'changed' && approvedHashes.has(hashOfStandard(withoutRetirement(text)));
    // The file was written and it ended before the record was: that is made now. Of a text that nobody approved no record
    // tells, so there the same words again are the same retirement.
    const isUnrecorded = wasApproved || (standing !== 'approved' && retired === text);
    const approval = wasApproved ? 'approved' : standing;
    if (isRetired && !isUnrecorded) {
      const reason = document.retiredBecause ?? 'no reason was given';
      throw standardErrors.make('standards.already_retired', { id, reason });
    }
    // An editor may have saved while the person was asked; what it wrote is not to be lost.
    if ((await standards.read(entry)).text !== text) {
      throw standardErrors.make('standards.changed_meanwhile', { file });
    }
    const textHash = hashOfStandard(retired);
    // Retiring a text that nobody approved does not approve it.
    const approvedHash = approval === 'approved' ? textHash : null;
    // First, so that what could not be written is not said to have happened, and no lock waits for a disk.
    await writeFileAtomically(entry.absolutePath, retired);
    const { title } = document;
    const recorded = deps.library.recordRetirement(call, { id, title, approvedHash }, async (tx) => {
      const { project, by, channel } = tx;
      const facts = { approval, text_hash: textHash, replaced_by: replacedBy };
      const payload = { project, id, file, ...facts, by, channel };
      await tx.emit({ name: 'standards.retired', entityId: id, payload });
    });
    await recorded.catch(async (error: unknown) => {
      const { category, message: said } = toAppError(error);
      if (category === 'unavailable' || category === 'internal') {
        const facts = { id, file, reason: said.replace(/\.$/, '') };
        throw standardErrors.make('standards.retirement_unrecorded', facts, { cause: error });
      }
      // It was refused, and so would be a second try. What an editor saved meanwhile stays.
      if ((await standards.read(entry)).text === retired) await writeFileAtomically(entry.absolutePath, text);
      throw error;
    });
    const instead = replacedBy === null ? '' : ` It points to ${replacedBy}.`;
    const message = `${file} is retired: still found, marked and last, and no longer checked.${instead}`;
    return { id, file, replaced_by: replacedBy, message };
  },
});
