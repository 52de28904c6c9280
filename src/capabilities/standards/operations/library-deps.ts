import type { Call, Clock } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import type { TryChecks } from '../health/broken-checks.ts';
import type { StandardsLibrary } from '../library/standards-library.ts';
import type { StandardsSearch } from '../search/standards-search.ts';
import type { StandardUses } from '../uses/standard-uses.ts';

/** What the operations on the library need. */
export interface LibraryDeps {
  library: {
    standards: StandardsLibrary;
    uses: StandardUses;
    files: ProjectFiles;
    /** The search without the counting: looking after the library is no use of it. */
    search: StandardsSearch;
    tryChecks: TryChecks;
    /** Secrets in a text, by line from 1. */
    scanForSecrets: (text: string) => Promise<readonly { line: number; kind: string }[]>;
    /** Records that the person who calls approved the text with which a standard retires. Errors: `approvals.*`. */
    approveRetired: (call: Call, retired: { id: string; title: string; textHash: string }) => Promise<void>;
    settings: { usesDays: number; unusedAfterDays: number };
  };
  clock: Clock;
  /** Whether a person is there to answer: the CLI asks the terminal, other doors answer no. */
  personIsPresent: () => boolean;
}
