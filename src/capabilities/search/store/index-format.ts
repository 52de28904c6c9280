import { recordVersion } from '../catalogue/standard-record.ts';
import { chunkerVersion } from '../chunks/chunk-standard.ts';

/** Counts with each change of tables, in either store. */
const tablesVersion = 2;

/** What must be the same for an index to be of use: else it is made anew, never migrated. */
export const indexFormat = `${tablesVersion}.${recordVersion}.${chunkerVersion}`;
