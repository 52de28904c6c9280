import type { z } from 'zod';
import { assertPerson, reasonOf, type Call, type PersonsAct } from '../../../kernel/index.ts';
import type { retireStandardOutput } from '../contract/index.ts';
import { nameOfId } from '../document/standard-name.ts';
import { standardErrors } from '../errors.ts';
import { idOfName } from '../library/find-entry.ts';
import type { GoneStandard, StandardsLibrary } from '../library/standards-library.ts';
import type { LibraryDeps } from './library-deps.ts';

interface Context {
  deps: LibraryDeps;
  call: Call;
}

/** The standard of this id or file, when it was approved and its file is gone. */
export async function findGone(standards: StandardsLibrary, name: string): Promise<GoneStandard | undefined> {
  const id = nameOfId(idOfName(name, standards.folders.project));
  return (await standards.gone()).find((one) => one.id === id);
}

/**
 * Retires a standard whose file is gone: its approvals are taken back, so that nothing misses it any more, and a file
 * that comes back is to be looked at anew. Errors: those of `assertPerson` and `reasonOf`, `standards.replaces_itself`.
 */
export async function retireGone(
  { id, file }: GoneStandard,
  { because: given, replacement }: { because: string | undefined; replacement: string | undefined },
  { deps, call }: Context,
): Promise<z.output<typeof retireStandardOutput>> {
  const { library } = deps;
  assertPerson(call, deps, retiring(id));
  await reasonOf(given, retiring(id), library.scanForSecrets);
  const replacedBy =
    replacement === undefined ? null : nameOfId((await library.standards.find(replacement)).id);
  if (replacedBy === id) throw standardErrors.make('standards.replaces_itself', { id });
  await library.recordRetirement(call, { id, title: id, approvedHash: null }, async (tx) => {
    const { project, by, channel } = tx;
    const approval = { approval: 'approved', text_hash: null, replaced_by: replacedBy };
    const payload = { project, id, file, ...approval, by, channel };
    await tx.emit({ name: 'standards.retired', entityId: id, payload });
  });
  const message = `${id} is retired: its file was gone, and its approvals are taken back. Should ${file} come back, it is unapproved.`;
  return { id, file, replaced_by: replacedBy, message };
}

/** Retiring, as an act of a person. */
export function retiring(id: string): PersonsAct {
  return { act: `retiring the standard ${id}`, command: `troupe standards retire ${id} --because "…"` };
}
