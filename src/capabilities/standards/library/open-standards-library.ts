import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { isAppError } from '../../../kernel/index.ts';
import { filesErrors, resolveInside, showsLaterWrites } from '../../../platform/files/index.ts';
import { hashOfStandard } from '../document/approvable-text.ts';
import { parseStandard } from '../document/parse-standard.ts';
import { splitText } from '../document/split-text.ts';
import { nameOfId, shippedId, standardsFolder } from '../document/standard-name.ts';
import { findEntry } from './find-entry.ts';
import { goneStandards } from './gone-standards.ts';
import { listStandardFiles, type StandardFile, type StandardFileListing } from './list-standard-files.ts';
import { readStandardText } from './read-standard-text.ts';
import type {
  ApprovalLookup,
  LibraryEntry,
  SkippedStandard,
  StandardApproval,
  StandardsLibrary,
} from './standards-library.ts';

/** Where the standards lie, who knows what was approved, and how much is read. Sizes in bytes. */
export interface StandardsLibraryOptions {
  /** The project's root, a real path; approvals are kept by it. */
  root: string;
  /** The folder that ships with Troupe; see `shippedStandardsFolders`. */
  universalFolder: string;
  approvals: ApprovalLookup;
  limits: { maxDocumentBytes: number; maxFiles: number };
}

/** What a file's text says, as far as a list needs it. */
interface TextFacts {
  version: string;
  /** Whether any write since then shows in the file's times. */
  isSettled: boolean;
  /** Of the whole text, which tells two writes within one tick apart. */
  checksum: number;
  hash: string;
  isLanguage: boolean;
  isRetired: boolean;
}

const filesPerTurn = 32;

/** Opens the library. Reads nothing yet; a text is read again only when its file changed, or was just changing. */
export function openStandardsLibrary(options: StandardsLibraryOptions): StandardsLibrary {
  const { root, universalFolder, approvals, limits } = options;
  const projectFolder = path.join(root, ...standardsFolder.split('/'));
  const known = new Map<string, TextFacts>();

  async function listProject(): Promise<StandardFileListing> {
    try {
      const { absolute, kind } = await resolveInside(root, standardsFolder);
      if (kind === 'directory') return await listStandardFiles(absolute, limits.maxFiles);
      return unread('it is not a folder');
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (error.code !== 'files.not_found') return unread(error.message.replace(/\.$/, ''));
      const inPlace = await whatIsInPlace(projectFolder);
      return inPlace === undefined ? { files: [], skipped: [] } : unread(inPlace);
    }
  }

  async function entriesOf(
    listing: StandardFileListing,
    shown: (relative: string) => string,
    entryOf: (file: StandardFile, facts: TextFacts) => Pick<LibraryEntry, 'layer' | 'approval'>,
  ): Promise<{ entries: LibraryEntry[]; skipped: SkippedStandard[] }> {
    const entries: LibraryEntry[] = [];
    const skipped = listing.skipped.map((one) => ({ ...one, file: shown(one.file) }));
    for (const [index, found] of listing.files.entries()) {
      const { absolutePath, sizeBytes, mtimeMs } = found;
      const id = `${found.domain}/${found.topic}`;
      const file = shown(`${id}.md`);
      try {
        const facts = factsOf(found, file);
        const version = `${facts.version}:${facts.checksum}`;
        entries.push({ id, file, ...entryOf(found, facts), absolutePath, sizeBytes, mtimeMs, version });
      } catch (error) {
        if (!isAppError(error)) throw error;
        skipped.push({ file, reason: error.message });
      }
      if (index % filesPerTurn === filesPerTurn - 1) await nextTurn();
    }
    return { entries, skipped };
  }

  function factsOf({ absolutePath, changedMs, version }: StandardFile, file: string): TextFacts {
    const before = known.get(absolutePath);
    if (before?.version === version && before.isSettled) return before;
    const isSettled = showsLaterWrites(changedMs);
    const text = readStandardText(absolutePath, file, limits.maxDocumentBytes);
    const hash = hashOfStandard(text);
    const facts = {
      version,
      isSettled,
      checksum: crc32(text),
      hash,
      isLanguage: says(text, 'layer', 'language'),
      isRetired: says(text, 'status', 'retired'),
    };
    known.set(absolutePath, facts);
    return facts;
  }

  const library: StandardsLibrary = {
    folders: { project: projectFolder, universal: universalFolder },

    async list() {
      const [ownFiles, shippedFiles, approved] = await Promise.all([
        listProject(),
        listStandardFiles(universalFolder, limits.maxFiles),
        approvals.hashesApproved(root),
      ]);
      const holding = new Map<string, boolean>();
      const own = await entriesOf(ownFiles, shownInProject, (file, { hash, isLanguage, isRetired }) => {
        const id = `${file.domain}/${file.topic}`;
        const approval = approvalOf(hash, approved.get(id));
        holding.set(id, approval === 'approved' && !isRetired);
        return { layer: isLanguage ? 'language' : 'project', approval };
      });
      const shipped = await entriesOf(shippedFiles, shownAsShipped, () => ({
        layer: 'universal',
        approval: 'shipped',
      }));
      const present = [...ownFiles.files, ...shippedFiles.files];
      if (known.size > present.length) forgetOthers(known, present);
      const besideOwn = shipped.entries
        .filter(({ id }) => holding.get(id) !== true)
        .map((entry) => (holding.has(entry.id) ? { ...entry, id: shippedId(entry.id) } : entry));
      return {
        entries: [...own.entries, ...besideOwn].sort(byName),
        skipped: [...own.skipped, ...shipped.skipped],
      };
    },

    async read(entry) {
      const folder = entry.layer === 'universal' ? universalFolder : root;
      const { absolute, kind } = await resolveInside(folder, entry.absolutePath).catch((error: unknown) => {
        if (!isAppError(error, 'files.not_found')) throw error;
        throw filesErrors.make('files.not_found', { path: entry.file });
      });
      if (kind !== 'file') throw filesErrors.make('files.not_a_file', { path: entry.file });
      const text = readStandardText(absolute, entry.file, limits.maxDocumentBytes);
      const [domain = '', topic = ''] = nameOfId(entry.id).split('/');
      const document = await parseStandard(text, { domain, topic, file: entry.file });
      if (entry.layer === 'universal')
        return { text, document, approval: 'shipped', approvedHashes: new Set<string>() };
      const approved = await approvals.hashesApproved(root, [entry.id]);
      const approvedHashes = approved.get(entry.id) ?? new Set<string>();
      return { text, document, approval: approvalOf(document.contentHash, approvedHashes), approvedHashes };
    },

    async gone() {
      const [listing, last] = await Promise.all([listProject(), approvals.lastApprovals(root)]);
      return goneStandards(listing, last);
    },

    async approvedAt() {
      return new Map([...(await approvals.lastApprovals(root))].map(([id, { at }]) => [id, at]));
    },

    async find(name) {
      return findEntry(name, { ...(await library.list()), gone: library.gone }, projectFolder);
    },
  };
  return library;
}

const unread = (reason: string): StandardFileListing => ({
  files: [],
  skipped: [{ file: '', reason, isFolder: true }],
});

/** What keeps a folder that cannot be found from being one, where that is more than that nobody made it. */
async function whatIsInPlace(folder: string): Promise<string | undefined> {
  try {
    return (await lstat(folder)).isSymbolicLink() ? 'it is a link that leads nowhere' : undefined;
  } catch {
    const above = await lstat(path.dirname(folder)).catch(() => undefined);
    return above === undefined || above.isDirectory() ? undefined : `what it should lie in is not a folder`;
  }
}

function approvalOf(hash: string, approved: ReadonlySet<string> | undefined): StandardApproval {
  if (approved === undefined || approved.size === 0) return 'unapproved';
  return approved.has(hash) ? 'approved' : 'changed';
}

/** Whether a key of the front matter has this value, without loading the YAML parser for every file of a list. */
function says(text: string, key: string, value: string): boolean {
  const line = new RegExp(`^(["']?)${key}\\1[ \\t]*:[ \\t]+(["']?)${value}\\2[ \\t]*(?:#.*)?$`);
  return splitText(text).yaml?.some((one) => line.test(one)) ?? false;
}

/** By `domain/topic`; the project's before the shipped one of its name. */
function byName(a: LibraryEntry, b: LibraryEntry): number {
  const [one, other] = [nameOfId(a.id), nameOfId(b.id)];
  if (one !== other) return one < other ? -1 : 1;
  return a.layer === 'universal' ? 1 : -1;
}

function forgetOthers(known: Map<string, TextFacts>, present: readonly StandardFile[]): void {
  const paths = new Set(present.map(({ absolutePath }) => absolutePath));
  for (const absolutePath of known.keys()) if (!paths.has(absolutePath)) known.delete(absolutePath);
}

const shownInProject = (relative: string) =>
  relative === '' ? standardsFolder : `${standardsFolder}/${relative}`;
const shownAsShipped = (relative: string) => shippedId(relative.replace(/\.md$/, ''));
