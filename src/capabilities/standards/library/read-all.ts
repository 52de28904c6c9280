import { isAppError } from '../../../kernel/index.ts';
import type {
  LibraryEntry,
  SkippedStandard,
  StandardReading,
  StandardsLibrary,
} from './standards-library.ts';

/** A standard with its text. */
export interface ReadStandard extends StandardReading {
  entry: LibraryEntry;
}

/**
 * Reads those standards that `wanted` chooses, which `entries` lists; one that cannot be read goes to `skipped` and hides no
 * other.
 */
export async function readAll(
  library: StandardsLibrary,
  wanted: (entry: LibraryEntry) => boolean = () => true,
): Promise<{ entries: LibraryEntry[]; standards: ReadStandard[]; skipped: SkippedStandard[] }> {
  const { entries: all, skipped } = await library.list();
  const entries = all.filter(wanted);
  const standards: ReadStandard[] = [];
  const left = [...skipped];
  for (const entry of entries) {
    try {
      standards.push({ entry, ...(await library.read(entry)) });
    } catch (error) {
      if (!isAppError(error)) throw error;
      left.push({ file: entry.file, reason: error.message });
    }
  }
  return { entries, standards, skipped: left };
}
