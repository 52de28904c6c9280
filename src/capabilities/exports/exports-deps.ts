import type { StandardsLibrary } from '../standards/index.ts';

/** What exporting needs. */
export interface ExportsDeps {
  exports: {
    library: StandardsLibrary;
    /** Real path of the project's root. */
    root: string;
  };
}
