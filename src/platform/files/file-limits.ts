/** Named settings `files.*`; each has the default given here. */
export interface FileLimits {
  /** Largest file that is listed, read or searched, bytes. Default 1,000,000. */
  maxFileBytes: number;
  /** Most files in one listing or search. Default 50,000. */
  maxFiles: number;
  /** Longest time a pattern may have the processor for one piece of text (512 KB or one file), milliseconds. Default 500. */
  maxPatternMs: number;
  /** Longest time of one search, milliseconds; then it answers with what it has. Default 10,000. */
  maxSearchMs: number;
}

/** The limits in force where none is given. */
export const defaultFileLimits: FileLimits = {
  maxFileBytes: 1_000_000,
  maxFiles: 50_000,
  maxPatternMs: 500,
  maxSearchMs: 10_000,
};
