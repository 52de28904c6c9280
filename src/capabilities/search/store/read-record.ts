import type { StandardRecord } from '../catalogue/standard-record.ts';
import { searchErrors } from '../errors.ts';

/** A record as it was stored. Errors: `search.index_damaged` for what is no JSON any more. */
export function readRecord(stored: string, index: string): StandardRecord {
  try {
    return JSON.parse(stored) as StandardRecord;
  } catch (error) {
    throw searchErrors.make('search.index_damaged', { index }, { cause: error });
  }
}
