import type { Call, Clock, NewEvent } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import type { TryChecks } from '../health/broken-checks.ts';
import type { StandardsLibrary } from '../library/standards-library.ts';
import type { StandardsSearch } from '../search/standards-search.ts';
import type { StandardUses } from '../uses/standard-uses.ts';

/** Where a retirement is recorded, and who retires. */
export interface RetirementTransaction {
  emit(event: NewEvent): Promise<void>;
  /** The name by which rows belong to the project. */
  project: string;
  /** Who, and how their answer came. */
  by: string;
  channel: string;
}

/** What looking for problems in the standards needs. */
export interface LintDeps {
  library: Pick<LibraryDeps['library'], 'standards' | 'files' | 'tryChecks' | 'scanForSecrets'>;
}

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
    /**
     * Runs `write` in a transaction; with `approvedHash`, the same transaction records that the person who calls approved the
     * text with which a standard retires. When `write` fails, nothing is recorded. It may run more than once, holds the
     * database for others and so touches no file. Errors: `approvals.*`, those of `write`.
     */
    recordRetirement: (
      call: Call,
      retired: { id: string; title: string; approvedHash: string | null },
      write: (tx: RetirementTransaction) => Promise<void>,
    ) => Promise<void>;
    settings: { usesDays: number; unusedAfterDays: number };
  };
  clock: Clock;
  /** Whether a person is there to answer: the CLI asks the terminal, other doors answer no. */
  personIsPresent: () => boolean;
}
