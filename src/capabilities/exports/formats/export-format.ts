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
  /** The lines before the text: when the rule is read. Ends with a line end; empty for none. */
  head(digest: Digest): string;
  losses(digest: Digest): FormatLoss[];
}

/** One region of a file that people write too. */
export interface RegionFormat {
  kind: 'region';
  target: ExportTarget;
  /** Project-relative, forward slashes. */
  path: string;
  most: DigestSize;
  /** What stands between the marks; empty when there is nothing to say. */
  region(digests: readonly Digest[]): string;
  losses(digest: Digest): FormatLoss[];
}

export type ExportFormat = FileFormat | RegionFormat;
