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

/** Reads those standards that `wanted` chooses; one that cannot be read goes to `skipped` and hides no other. */
export async function readAll(
  library: StandardsLibrary,
  wanted: (entry: LibraryEntry) => boolean = () => true,
): Promise<{ standards: ReadStandard[]; skipped: SkippedStandard[] }> {
  const { entries, skipped } = await library.list();
  const standards: ReadStandard[] = [];
  const left = [...skipped];
  for (const entry of entries.filter(wanted)) {
    try {
      standards.push({ entry, ...(await library.read(entry)) });
    } catch (error) {
      if (!isAppError(error)) throw error;
      left.push({ file: entry.file, reason: error.message });
    }
  }
  return { standards, skipped: left };
}
