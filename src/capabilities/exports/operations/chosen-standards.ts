import { isAppError } from '../../../kernel/index.ts';
import {
  errorOfKey,
  goneInWords,
  type LibraryEntry,
  type StandardApproval,
  type StandardDocument,
  type StandardsLibrary,
} from '../../standards/index.ts';
import { exportErrors } from '../errors.ts';

/** A standard with what it says. */
export interface ReadStandard {
  entry: LibraryEntry;
  document: StandardDocument;
}

/** A standard, or a file that is none, that is not exported. */
export interface LeftOutStandard {
  /** Id or file. */
  standard: string;
  reason: string;
  /** The caller did not ask for what ships. */
  isChosen?: true;
}

/** One that stands in the project and is not approved here in its present text. */
export interface UnapprovedStandard {
  id: string;
  file: string;
  reason: string;
  /** Nothing where it cannot be read. */
  read?: ReadStandard | undefined;
}

/** Every standard, by what becomes of it. */
export interface ChosenStandards {
  taken: ReadStandard[];
  /** All that are not exported, those in `unapproved` among them. */
  leftOut: LeftOutStandard[];
  unapproved: UnapprovedStandard[];
}

/**
 * What is exported: active, and approved on this machine; with `universal` also what ships. Errors:
 * `exports.standards_gone`, `exports.standards_unreadable`: rules of standards that nobody retired are not removed because
 * their folder is, or cannot be read.
 */
export async function chosenStandards(
  library: StandardsLibrary,
  universal: boolean,
): Promise<ChosenStandards> {
  const { entries, skipped } = await library.list();
  const unread = skipped.find(({ isFolder }) => isFolder);
  if (unread !== undefined) throw exportErrors.make('exports.standards_unreadable', unread);
  const gone = await library.gone();
  const isEveryOneGone = !entries.some(
    ({ layer, approval }) => layer !== 'universal' && approval !== 'unapproved',
  );
  if (gone.length > 0 && isEveryOneGone)
    throw exportErrors.make('exports.standards_gone', { ids: gone.map(({ id }) => id) });
  const approvedAt = await library.approvedAt();
  const chosen: ChosenStandards = {
    taken: [],
    leftOut: [
      ...skipped.map(({ file, reason }) => ({ standard: file, reason })),
      ...gone.map((one) => ({ standard: one.id, reason: goneInWords(one) })),
    ],
    unapproved: skipped.flatMap(({ file, reason }) => {
      const id = idOfFile(file);
      return id === undefined || approvedAt.has(id) ? [] : [{ id, file, reason }];
    }),
  };
  for (const entry of entries) await choose(library, entry, universal, chosen);
  return chosen;
}

/** A file that cannot be used stands where a standard does, and may be one where others work. */
const idOfFile = (file: string) => /^\.agent-os\/standards\/([a-z0-9-]+\/[a-z0-9-]+)\.md$/.exec(file)?.[1];

async function choose(
  library: StandardsLibrary,
  entry: LibraryEntry,
  universal: boolean,
  { taken, leftOut, unapproved }: ChosenStandards,
): Promise<void> {
  const { id, file, layer } = entry;
  if (layer === 'universal' && !universal) {
    const reason = 'it ships with Troupe: --universal exports it too';
    leftOut.push({ standard: id, reason, isChosen: true });
    return;
  }
  const leaveOut = (reason: string, isApproved: boolean, read?: ReadStandard) => {
    leftOut.push({ standard: id, reason });
    if (!isApproved && read?.document.status !== 'retired') unapproved.push({ id, file, reason, read });
  };
  try {
    const { document, approval } = await library.read(entry);
    const read = { entry, document };
    const reason = whyNot(read, approval);
    if (reason === undefined) taken.push(read);
    else leaveOut(reason, isApprovedAs(approval), read);
  } catch (error) {
    if (!isAppError(error)) throw error;
    leaveOut(error.message, isApprovedAs(entry.approval));
  }
}

const isApprovedAs = (approval: StandardApproval) => approval === 'approved' || approval === 'shipped';

function whyNot({ entry, document }: ReadStandard, approval: StandardApproval): string | undefined {
  if (document.status === 'retired') return 'it is retired';
  const adopt = `\`troupe standards adopt ${entry.id}\` shows it`;
  if (approval === 'unapproved') return `nobody has approved it on this machine: ${adopt}`;
  if (approval === 'changed') return `it was changed after it was approved on this machine: ${adopt}`;
  const broken = errorOfKey(document, 'applies_to');
  return broken === undefined ? undefined : `line ${broken.line}: ${broken.message}`;
}
