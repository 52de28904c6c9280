import { skippedInWords, type SkippedFile } from '../../../platform/files/index.ts';

/** Files to look at together. */
export interface Batch {
  /** Project-relative, forward slashes. */
  files: string[];
  /** Their texts, where they are not what lies on disk. */
  texts?: ReadonlyMap<string, string>;
  /** Files left out on the way. */
  skipped: SkippedPart[];
}

/** What was left out, and why. */
export interface SkippedPart {
  /** Project-relative, forward slashes. */
  file: string;
  reason: string;
  /** For what the file holds, or because it is ignored: of note only where a standard could apply to such a file. */
  isByContent?: true;
}

/** What a check looks at. */
export interface ToCheck {
  /** All of it, in parts that fit into memory. */
  batches(): AsyncIterable<Batch>;
  /** Lines that count in a file; `undefined` when all of them do. */
  linesOf(file: string): ReadonlySet<number> | undefined;
  /** That many of its files in words: "3 staged files". */
  stated(count: number): string;
  /** Paths that the caller named, project-relative. */
  named: readonly string[];
  /** Whether these are all files of the project. */
  wholeProject: boolean;
  /** The changes as a diff, for a reader; `null` when whole files are checked. */
  diff: string | null;
  /** Files whose texts are those that the diff would leave, since it is not applied here yet. */
  toApply?: readonly string[];
}

export function skippedPart(skipped: SkippedFile): SkippedPart {
  const isByContent = skipped.reason === 'binary' || skipped.reason === 'too-large';
  return { file: skipped.path, reason: skippedInWords(skipped), ...(isByContent ? { isByContent } : {}) };
}
