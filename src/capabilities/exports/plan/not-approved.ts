import type { Digest } from '../digest/digest.ts';

/**
 * A standard that stands in the project and that nobody approved, in its present text, on this machine. Its text is not
 * trusted here, so nothing is written for it; what others exported of it is theirs, so nothing is removed.
 */
export interface NotApproved {
  id: string;
  /** As `LibraryEntry.file`. */
  file: string;
  /** Why it is not exported, and what a person does about it. */
  reason: string;
  /** What its present text would be exported as, only ever compared; nothing where it cannot be read. */
  digest: Digest | undefined;
}
