import type { ExportTarget } from '../contract/index.ts';
import type { Digest, DigestSize } from '../digest/digest.ts';

/** What a standard loses in one format. */
export interface FormatLoss {
  standard: string;
  what: string;
}

/** What a file of its own holds: it is read only where it applies. */
export const ruleFileSize: DigestSize = { rules: 7, avoid: 3 };

/** A program's way to be told rules: one file for each standard, in a folder of rules. */
export interface FileFormat {
  kind: 'files';
  target: ExportTarget;
  /** Project-relative, forward slashes. */
  folder: string;
  /** How the names of its files end. */
  extension: string;
  most: DigestSize;
  /**
   * Whether a rule without globs is read in every session. Those that ship with Troupe then share one file, a line for
   * each, which is read in place of a hundred kilobytes.
   */
  readsUnscopedAlways: boolean;
  /** The lines before the text: when the rule is read. Ends with a line end; empty for none. */
  head(scope: RuleScope): string;
  losses(digest: Digest): FormatLoss[];
}

/** What decides when a rule is read. */
export type RuleScope = Pick<Digest, 'title' | 'lead' | 'appliesTo' | 'universal'>;

/** The part of a region that is of one standard of the project, as it stands. */
export interface StandingSection {
  id: string;
  text: string;
}

/** What stands in a region, as far as rewriting it has to know. */
export interface StandingEntries {
  /** Whole sections of the project's standards, by their files. */
  sections: ReadonlyMap<string, string>;
  /** Ids of the standards that have a line only. */
  inShort: ReadonlySet<string>;
  /** Whether some are counted and not named. */
  isCounting: boolean;
}

/** One region of a file that people write too. */
export interface RegionFormat {
  kind: 'region';
  target: ExportTarget;
  /** Project-relative, forward slashes. */
  path: string;
  most: DigestSize;
  /**
   * What stands between the marks, empty when there is nothing to say, and what was shortened to keep it small. The
   * sections of `kept` are taken in as they are, in their order, and never shortened.
   */
  region(
    digests: readonly Digest[],
    kept: readonly StandingSection[],
  ): { content: string; losses: FormatLoss[] };
  /** Reads what stands between the marks, made by `region` or like it. */
  entriesOf(content: string): StandingEntries;
  /** Bytes of the whole file after which readers stop, and the setting of theirs that says so. */
  readersStopAt: { sizeBytes: number; setting: string };
  losses(digest: Digest): FormatLoss[];
}

export type ExportFormat = FileFormat | RegionFormat;
