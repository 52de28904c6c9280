import type { AppError } from '../../../kernel/index.ts';
import { standardsFolder } from '../document/standard-name.ts';
import { standardErrors } from '../errors.ts';
import type { StandardFileListing } from './list-standard-files.ts';
import type { GoneStandard } from './standards-library.ts';

/** See `StandardsLibrary.gone`. */
export function goneStandards(
  { files, skipped }: StandardFileListing,
  approvals: ReadonlyMap<string, { by: string; at: number }>,
): GoneStandard[] {
  const present = new Set(files.map(({ domain, topic }) => `${domain}/${topic}`));
  // A file that cannot be used is there, and of a folder that cannot be read nobody knows what is in it.
  const isUnknown = (id: string) => skipped.some(({ file }) => isOrHolds(file, id));
  return [...approvals]
    .filter(([id]) => !present.has(id) && !isUnknown(id))
    .map(([id, { by, at }]) => ({
      id,
      file: `${standardsFolder}/${id}.md`,
      approvedBy: by,
      approvedAt: at,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether the file that was skipped (as `SkippedStandard.file`) is where a standard of the project lies, or a folder above it. */
export function mayHold(file: string, id: string): boolean {
  if (file === standardsFolder) return true;
  return file.startsWith(`${standardsFolder}/`) && isOrHolds(file.slice(standardsFolder.length + 1), id);
}

/** `file` is relative to the folder of standards, which is ''. */
const isOrHolds = (file: string, id: string) =>
  file === '' || file === `${id}.md` || id.startsWith(`${file}/`);

/** Why a standard that is gone cannot be used, and what a person does about it, for a list that names it. */
export function goneInWords({ id, approvedBy, approvedAt }: GoneStandard): string {
  return `approved on ${dayOf(approvedAt)} by ${approvedBy}, its file is gone: restore it (git), or \`troupe standards retire ${id} --because "…"\``;
}

/** Its error, where it was asked for by name. */
export function goneError({ id, file, approvedBy, approvedAt }: GoneStandard): AppError {
  return standardErrors.make('standards.gone', { id, file, approvedBy, day: dayOf(approvedAt) });
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
