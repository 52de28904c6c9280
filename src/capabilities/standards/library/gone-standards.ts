import { standardsFolder } from '../document/standard-name.ts';
import type { StandardFileListing } from './list-standard-files.ts';
import type { GoneStandard } from './standards-library.ts';

/** See `StandardsLibrary.gone`. */
export function goneStandards(
  { files, skipped }: StandardFileListing,
  approvals: ReadonlyMap<string, { by: string; at: number }>,
): GoneStandard[] {
  const present = new Set(files.map(({ domain, topic }) => `${domain}/${topic}`));
  // A file that cannot be used is there, and of a folder that cannot be read nobody knows what is in it.
  const unknown = skipped.map(({ file }) => file);
  const isUnknown = (id: string) =>
    unknown.some((file) => file === '' || file === `${id}.md` || id.startsWith(`${file}/`));
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

/** Why a standard that is gone cannot be used, and what a person does about it, for a list that names it. */
export function goneInWords({ id, approvedBy, approvedAt }: GoneStandard): string {
  const day = new Date(approvedAt).toISOString().slice(0, 10);
  return `approved on ${day} by ${approvedBy}, its file is gone: restore it (git), or \`troupe standards retire ${id} --because "…"\``;
}
