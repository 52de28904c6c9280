import type { SkippedFile } from '../../../platform/files/index.ts';

/** Files to look at together. */
export interface Batch {
  /** Project-relative, forward slashes. */
  files: string[];
  /** Their texts, where they are not what lies on disk. */
  texts?: ReadonlyMap<string, string>;
  /** Files left out on the way, with the reason. */
  skipped: { file: string; reason: string }[];
}

/** What a check looks at. */
export interface ToCheck {
  /** All of it, in parts that fit into memory. */
  batches(): AsyncIterable<Batch>;
  /** Lines that count in a file; `undefined` when all of them do. */
  linesOf(file: string): ReadonlySet<number> | undefined;
  /** In words: "3 staged files". */
  stated: string;
  /** Whether these are all files of the project. */
  wholeProject: boolean;
  /** The changes as a diff, for a reader; `null` when whole files are checked. */
  diff: string | null;
}

const reasons: Readonly<Record<SkippedFile['reason'], string>> = {
  binary: 'binary',
  'too-large': 'too large',
  'outside-project': 'leads out of the project',
  unreadable: 'unreadable',
};

export function skippedInWords({ path, reason, sizeBytes }: SkippedFile): { file: string; reason: string } {
  return { file: path, reason: reasons[reason] + (sizeBytes === undefined ? '' : ` (${sizeBytes} bytes)`) };
}

/** `1 staged file`, `3 staged files`. */
export const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Whether a path is one of these, or below one of them; no paths mean everything. */
export function isUnder(path: string, places: readonly string[]): boolean {
  return (
    places.length === 0 ||
    places.some((place) => place === '.' || path === place || path.startsWith(`${place}/`))
  );
}
