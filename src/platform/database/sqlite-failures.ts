import { databaseErrors } from './errors.ts';

// Result codes: https page "Result and Error Codes" of the SQLite documentation. The low byte is the primary code.
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;
// The file that processes share beside the database could not grow: how a full disk shows when one is opened.
const IOERR_SHMSIZE = IOERR | (19 << 8);

/** The primary code, which says enough, but for the one extended code named above. */
function codeOf(error: unknown): number | undefined {
  const errcode = (error as { errcode?: unknown } | null)?.errcode;
  if (typeof errcode !== 'number') return undefined;
  return errcode === IOERR_SHMSIZE ? FULL : errcode & 0xff;
}

/** Whether another connection holds the lock, so that waiting helps. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code === BUSY || code === LOCKED;
}

/** Names what SQLite failed on; what is no SQLite failure is returned unchanged. */
export function asDatabaseError(error: unknown, database: string, waitedMs: number): unknown {
  const reason = error instanceof Error ? error.message : String(error);
  const cause = { cause: error };
  switch (codeOf(error)) {
    case BUSY:
    case LOCKED:
      return databaseErrors.make('database.busy', { database, waitedMs }, cause);
    case FULL:
      return databaseErrors.make('database.disk_full', { database }, cause);
    case CORRUPT:
    case NOTADB:
      return databaseErrors.make('database.corrupted', { database, reason }, cause);
    case READONLY:
    case CANTOPEN:
    case IOERR:
      return databaseErrors.make('database.read_only', { database, reason }, cause);
    default:
      return error;
  }
}
