import { crc32 } from 'node:zlib';
import type { StandardRecord } from '../catalogue/standard-record.ts';
import { searchErrors } from '../errors.ts';

const sealChars = 8;
const sealOf = (json: string) => crc32(json).toString(16).padStart(sealChars, '0');

/** A record as a store keeps it: its JSON behind a checksum, so that a changed byte is seen whatever it makes of the JSON. */
export function sealRecord(record: StandardRecord): string {
  const json = JSON.stringify(record);
  return sealOf(json) + json;
}

/** Errors: `search.index_damaged` for what is not as `sealRecord` made it. */
export function openSealedRecord(stored: string, index: string): StandardRecord {
  const json = stored.slice(sealChars);
  if (stored.slice(0, sealChars) !== sealOf(json)) throw searchErrors.make('search.index_damaged', { index });
  return JSON.parse(json) as StandardRecord;
}
