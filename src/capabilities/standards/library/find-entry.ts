import path from 'node:path';
import { nearestNames } from '../../../kernel/index.ts';
import { nameOfId, standardsFolder } from '../document/standard-name.ts';
import { standardErrors } from '../errors.ts';
import { goneError, mayHold } from './gone-standards.ts';
import type { GoneStandard, LibraryEntry, SkippedStandard } from './standards-library.ts';

interface Known {
  entries: readonly LibraryEntry[];
  skipped: readonly SkippedStandard[];
  gone(): Promise<readonly GoneStandard[]>;
}

/** See `StandardsLibrary.find`. `projectFolder` is absolute. */
export async function findEntry(
  name: string,
  { entries, skipped, gone }: Known,
  projectFolder: string,
): Promise<LibraryEntry> {
  const given = idOfName(name, projectFolder);
  const id = nameOfId(given);
  // A shipped one has its own id only beside one of the project; else what is in its place is meant.
  const exact = entries.find((entry) => entry.id === given) ?? entries.find((entry) => entry.id === id);
  if (exact !== undefined) return exact;
  const ids = new Set(entries.map((entry) => entry.id));
  const isBesideOwn = (entry: LibraryEntry) => entry.id !== nameOfId(entry.id) && ids.has(nameOfId(entry.id));
  const matches = entries.filter((entry) => entry.id.endsWith(`/${id}`) && !isBesideOwn(entry));
  if (matches.length === 1) return matches[0]!;
  if (matches.length > 1) {
    const facts = { id: name, matches: matches.map((entry) => entry.id) };
    throw standardErrors.make('standards.ambiguous', facts);
  }
  const left =
    skipped.find(({ file }) => nameOfId(idOfName(file, projectFolder)) === id) ??
    skipped.find(({ file, isFolder }) => isFolder === true && mayHold(file, given));
  if (left !== undefined) throw standardErrors.make('standards.unusable', left);
  const missing = (await gone()).filter((one) => one.id === given || one.id.endsWith(`/${given}`));
  if (missing.length > 1)
    throw standardErrors.make('standards.ambiguous', { id: name, matches: missing.map((one) => one.id) });
  if (missing[0] !== undefined) throw goneError(missing[0]);
  throw standardErrors.make('standards.unknown', { id: name.slice(0, 200), nearest: nearest(id, entries) });
}

/** What is left of a name without everything that only says where the standard lies. */
export function idOfName(name: string, projectFolder: string): string {
  const relative = path.isAbsolute(name) ? path.relative(projectFolder, name) : name;
  return relative
    .trim()
    .replaceAll('\\', '/')
    .replace(/^\.\//, '')
    .replace(`${standardsFolder}/`, '')
    .replace(/\.md$/i, '');
}

function nearest(id: string, entries: readonly LibraryEntry[]): string[] {
  const byId = nearestNames(
    id,
    entries.map((entry) => entry.id),
  );
  if (byId.length > 0) return byId;
  const topics = new Map(entries.map((entry) => [entry.id.split('/')[1]!, entry.id]));
  return nearestNames(id.split('/').at(-1)!, [...topics.keys()]).map((topic) => topics.get(topic)!);
}
