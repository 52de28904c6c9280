import { isAppError } from '../../../kernel/index.ts';
import { compileScope } from '../../../platform/files/index.ts';
import {
  errorOfKey,
  goneInWords,
  isRetirementUnconfirmed,
  mayHold,
  nameOfId,
  shippedId,
  unconfirmedInWords,
  type LibraryEntry,
  type SkippedStandard,
  type StandardDocument,
  type StandardsLibrary,
} from '../../standards/index.ts';

/** A standard whose rules can be run. */
export interface RuledStandard {
  entry: Pick<LibraryEntry, 'id'>;
  document: StandardDocument;
  text: string;
}

/** A standard that is in force, and the files it is for. */
export interface ChosenStandard extends RuledStandard {
  entry: LibraryEntry;
  appliesTo(file: string): boolean;
}

export interface Selection {
  chosen: ChosenStandard[];
  /** Standards that would apply and are not in force, or cannot be read, with the reason. */
  notInForce: { standard: string; reason: string; appliesTo(file: string): boolean }[];
}

const everywhere = () => true;

/**
 * The standards in force: active, and approved by a person on this machine or shipped with Troupe. `only` names some of
 * them, the shipped one too where the project's of that name does not take its place. Nothing that nobody approved is ever in force; it is named with the reason instead.
 * Errors: those of `StandardsLibrary.find` for `only`.
 */
export async function selectStandards(
  library: StandardsLibrary,
  only: readonly string[] | undefined,
): Promise<Selection> {
  const { entries, skipped } = await library.list();
  const wanted = only === undefined ? undefined : await Promise.all(only.map((name) => library.find(name)));
  const selection: Selection = { chosen: [], notInForce: [] };
  // A shipped one that is named may stand in for one of the project that cannot be read.
  const matters = ({ file }: SkippedStandard) =>
    wanted === undefined || wanted.some(({ id }) => mayHold(file, nameOfId(id)));
  for (const { file, reason } of skipped.filter(matters))
    selection.notInForce.push({ standard: file, reason, appliesTo: everywhere });
  const named = (id: string) => only === undefined || only.includes(id);
  for (const one of (await library.gone()).filter(({ id }) => named(id)))
    selection.notInForce.push({ standard: one.id, reason: goneInWords(one), appliesTo: everywhere });
  for (const entry of entries) {
    if (wanted !== undefined && !wanted.some(({ id }) => entry.id === id || entry.id === shippedId(id)))
      continue;
    try {
      await take(entry, library, selection, wanted !== undefined);
    } catch (error) {
      if (!isAppError(error)) throw error;
      selection.notInForce.push({ standard: entry.id, reason: error.message, appliesTo: everywhere });
    }
  }
  return selection;
}

async function take(
  entry: LibraryEntry,
  library: StandardsLibrary,
  { chosen, notInForce }: Selection,
  isNamed: boolean,
) {
  const reading = await library.read(entry);
  const { document, text, approval } = reading;
  if (isRetirementUnconfirmed(reading)) {
    // Its globs are no more confirmed than that it is retired.
    notInForce.push({ standard: entry.id, reason: unconfirmedInWords(entry.id), appliesTo: everywhere });
    return;
  }
  if (document.status === 'retired') return;
  // Globs that cannot be read would make it apply everywhere.
  const broken = errorOfKey(document, 'applies_to');
  const appliesTo = broken === undefined ? compileScope(document.appliesTo) : everywhere;
  const refuse = (reason: string) => notInForce.push({ standard: entry.id, reason, appliesTo });
  // The reason of many is one and the same; whoever named a few can copy the command.
  const adopt = `\`troupe standards adopt${isNamed ? ` ${entry.id}` : ''}\` shows it`;
  if (approval === 'unapproved') refuse(`nobody has approved it on this machine: ${adopt}`);
  else if (approval === 'changed') refuse(`it was changed after it was approved: ${adopt}`);
  else if (broken !== undefined) refuse(`${entry.file}:${broken.line}: ${broken.message}`);
  else chosen.push({ entry, document, text, appliesTo });
}
