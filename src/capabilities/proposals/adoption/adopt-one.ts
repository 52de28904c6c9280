import type { Approvals, Person } from '../../approvals/index.ts';
import { standardKindName } from '../desk/proposal-desk.ts';
import type { ProposalStore } from '../store/proposal-store.ts';
import type { Adoptable } from './adoptable.ts';
import { retirementNote } from './retirement-note.ts';

/**
 * Records that a person approved a standard as it stands in its file, with the text that was shown. Guarantee: a retired
 * text that is adopted is a retirement as one made here, so every earlier text loses its approval; where a retired standard
 * comes back, the retired text loses it, so that neither takes effect again without a person.
 * Errors: `call.needs_person`, those of the stores.
 */
export async function adoptOne(
  { approvals, store }: { approvals: Approvals; store: ProposalStore },
  person: Person,
  { standard: id, status, text_hash: textHash, file, text }: Adoptable,
): Promise<void> {
  const { project } = approvals;
  const last = (await approvals.store.lastApprovals(project, standardKindName)).get(id);
  const isRetired = status === 'retired';
  const isTurned = isRetired || last?.outcomeMessage === retirementNote(id);
  const message = isRetired ? retirementNote(id) : `Adopted as it stands: ${file}`;
  const request = { kind: standardKindName, subjectId: id, title: id, textHash };
  await approvals.recordDone(person, request, message, async (tx, done) => {
    // What was shown is kept, so that a later change can be shown against it.
    await store.addAdopted(tx, done.id, text);
    if (!isTurned) return;
    const { name: by, channel } = person;
    const others = { project, kind: standardKindName, subjectId: id, except: done.id };
    await approvals.store.revoke(tx, { ...others, by, channel, at: done.updatedAt });
  });
}
