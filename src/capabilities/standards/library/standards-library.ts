import type { StandardDocument, StandardLayer } from '../document/standard.ts';

/**
 * Whether a person approved exactly this text: `approved`; approved an earlier one: `changed`; never: `unapproved`.
 * What ships with Troupe is `shipped`.
 */
export type StandardApproval = 'approved' | 'unapproved' | 'changed' | 'shipped';

/** A standard that is there. */
export interface LibraryEntry {
  /**
   * `architecture/error-responses`, each once in a list; `troupe:architecture/error-responses` for a shipped one beside
   * one of the project that does not take its place. `nameOfId` gives `domain/topic` of either.
   */
  id: string;
  /** As shown and cited: `.agent-os/standards/architecture/error-responses.md`, or `troupe:architecture/error-responses`. */
  file: string;
  layer: StandardLayer;
  approval: StandardApproval;
  absolutePath: string;
  sizeBytes: number;
  mtimeMs: number;
  /** Differs whenever the file's content may have changed. */
  version: string;
}

/** A file that is there and cannot be used, and why. */
export interface SkippedStandard {
  /** As `LibraryEntry.file`. */
  file: string;
  reason: string;
  /** Of a folder that cannot be read: nobody knows which standards are in it. */
  isFolder?: true;
}

/** A standard of the project that a person approved and nobody retired, and whose file is not there. */
export interface GoneStandard {
  id: string;
  /** Where its file was, as `LibraryEntry.file`. */
  file: string;
  /** Who approved it last. */
  approvedBy: string;
  /** Milliseconds since 1970. */
  approvedAt: number;
}

/** A standard with its text, as the file is now. */
export interface StandardReading {
  text: string;
  document: StandardDocument;
  approval: StandardApproval;
  /** SHA-256 of every text of it that a person approved on this machine; none for a shipped one. */
  approvedHashes: ReadonlySet<string>;
}

/** All standards a project has, its own and those that ship with Troupe. */
export interface StandardsLibrary {
  /**
   * All files of all layers in order of their names. A project's standard hides the shipped one of its name only while
   * it is active and approved in exactly its present text, so that no unapproved file switches a shipped one off;
   * otherwise both are there, the project's first, and the shipped one has the id `troupe:domain/topic`.
   * Guarantee: a Markdown file is in `entries`, in `skipped` with a reason, or hidden; none is dropped. A `README.md`
   * and names that begin with a dot are no standards. A folder that is not there is empty; one that cannot be read, or has
   * something else in its place, is in `skipped`.
   */
  list(): Promise<{ entries: LibraryEntry[]; skipped: SkippedStandard[] }>;
  /**
   * The text as it is now. Errors: `standards.bad_front_matter`, `standards.too_large`, `standards.not_text`,
   * `files.not_found`, `files.unreadable`, `files.outside_project`.
   */
  read(entry: LibraryEntry): Promise<StandardReading>;
  /**
   * What people approved, did not retire, and is not there any more, in order of ids. Nothing of a folder that cannot be
   * read is in it: `list` names that folder.
   */
  gone(): Promise<GoneStandard[]>;
  /** When a person approved each standard of the project last, by id (milliseconds since 1970); not those retired. */
  approvedAt(): Promise<ReadonlyMap<string, number>>;
  /**
   * By id, by topic where only one has it (the project's before the shipped of its name), or by file. Errors:
   * `standards.unknown`, `standards.ambiguous`, `standards.unusable` for what cannot be read or lies where nothing can be,
   * `standards.gone` for what a person approved and has no file any more.
   */
  find(name: string): Promise<LibraryEntry>;
  /** Absolute; neither needs to exist. */
  readonly folders: { readonly project: string; readonly universal: string };
}

/** What people have approved; the approvals know. */
export interface ApprovalLookup {
  /** SHA-256 of the approvable texts that were approved, by id of the standard. Without `subjectIds`, all of them. */
  hashesApproved(
    project: string,
    subjectIds?: readonly string[],
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** Who approved each standard last, and when (milliseconds since 1970), by id; not those that were retired. */
  lastApprovals(project: string): Promise<ReadonlyMap<string, { by: string; at: number }>>;
}
