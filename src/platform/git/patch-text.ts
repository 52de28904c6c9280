/** A part of a file that a diff changes. Lines count from 1; where a side has none, its start is the line before. */
export interface Hunk {
  oldStart: number;
  oldCount: number;
  newStart: number;
  newCount: number;
  /** Each with its sign, `+`, `-` or a space, in front, and with its line end, where it has one. */
  lines: string[];
}

/** A line of a diff that names files. */
export interface NamingLine {
  /** Its place in the text, from 0. */
  at: number;
  kind: 'git' | 'combined' | 'old' | 'new' | 'binary' | 'from' | 'to';
  /** What stands behind its keyword, as it is written. */
  text: string;
}

/** Why a patch does not say all that it does. */
export interface Flaw {
  kind:
    | 'ends-in-hunk'
    | 'ends-in-header'
    /** More lines or fewer than the header of the hunk counts. */
    | 'miscounted'
    /** A hunk that adds and takes away nothing: of words that changed, what git prints can look like it. */
    | 'no-change'
    /** A hunk whose header has no line numbers. */
    | 'no-numbers'
    /** A header that promises lines, and none. */
    | 'no-hunk';
  /** Line of the diff, from 1: of the hunk's header, or where the patch begins. */
  line: number;
  /**
   * Whether the diff may have lost no more than empty lines at its end, as editors and mail take them off: then the hunk
   * holds them, and what lies here can tell.
   */
  mayBeWhole: boolean;
}

/** What a diff says of one file, before it is known what part of the names in it is a prefix. */
export interface PatchText {
  /** Where it begins, from 0. */
  at: number;
  /** The lines that name its files; of each kind one at most counts, the last. */
  naming: NamingLine[];
  /** What git says of the file above its lines, names left out. */
  header: string[];
  /** Whether a header line says that the patch makes, deletes or moves the file. */
  isNew: boolean;
  isDeleted: boolean;
  isRenamed: boolean;
  /** Whether it shows the text, with hunks or without; a mere rename or change of mode does not. */
  hasText: boolean;
  /** Whether it says no more than that the content is binary. */
  binary: boolean;
  /** `undefined` where the lines are told in a form that cannot be applied, as those of a merge are. */
  hunks: Hunk[] | undefined;
  /** `undefined` where all of it can be read. */
  flaw: Flaw | undefined;
}
