import type { ExportTarget } from '../contract/index.ts';

/** What is to become of one file of an export. */
export interface PlannedFile {
  /** Project-relative, forward slashes. */
  path: string;
  target: ExportTarget;
  action: 'create' | 'update' | 'remove' | 'keep' | 'left' | 'conflict';
  reason: string | null;
  /** Standards that are not approved here and whose exports, in this file, stay as they are. */
  left?: readonly { standard: string; reason: string }[];
  /** What a reader of the file will not see, with figure and limit. */
  warning?: string;
  /** What people are shown: the file, or the region of it. */
  content: string | null;
  /** Where it is written, links followed; none for `keep`, `left` and `conflict`. */
  write?: {
    absolute: string;
    /** The text that was there when the plan was made; `undefined` for no file. */
    before: string | undefined;
    /** The text that is written; `undefined` to remove the file. */
    after: string | undefined;
  };
}
