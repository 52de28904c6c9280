import type { Clock } from '../../../kernel/index.ts';
import type { ProjectFiles } from '../../../platform/files/index.ts';
import type { StandardCheckRule } from '../document/standard.ts';
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
    /** Why a check cannot run, as the end of a sentence; `undefined` when it can. */
    checkProblem: (check: StandardCheckRule) => Promise<string | undefined>;
    settings: { usesDays: number; unusedAfterDays: number };
  };
  clock: Clock;
  /** Whether a person is there to answer: the CLI asks the terminal, other doors answer no. */
  personIsPresent: () => boolean;
}
