import { databaseErrors } from './errors.ts';

/** What people call it in errors; the URL holds a password. */
export const postgresName = 'The PostgreSQL database';

// SQLSTATE: 08 connection trouble, 3D000 no such database, 53300 no connection left,
// 57P0x the server goes down.
const unreachableStates = /^(08|3D000|53300|57P0)/;
const unreachableSystemCodes = /^E(CONN|HOST|NET|NOTFOUND|PIPE|AI_|TIMEDOUT)/;
// The driver gives these no code.
const unreachableMessages =
  /^timeout exceeded when trying to connect|^Connection terminated|has encountered a connection error/;

// 28 the account or its password is refused.
const accountRefusedStates = /^28/;
// 42501 the account lacks a right, 25006 a standby, or a session that may only read.
const notWritableStates = new Set(['42501', '25006']);
// 40001 serialization failure, 40P01 deadlock: undone whole for the sake of others, and free to be done again.
const undoneStates = new Set(['40001', '40P01']);

/** Whether the server undid it because others changed the same rows, so that doing it again helps. */
export function isUndoneForOthers(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && undoneStates.has(code);
}

/** Names what PostgreSQL, or the way to it, failed on; throws what is neither unchanged. */
export function rethrow(error: unknown): never {
  const given = (error as { code?: unknown } | null)?.code;
  const code = typeof given === 'string' ? given : '';
  const message = error instanceof Error ? error.message : String(error);
  if (code === '53100') {
    throw databaseErrors.make('database.disk_full', { database: postgresName }, { cause: error });
  }
  if (notWritableStates.has(code)) {
    const facts = { database: postgresName, reason: message };
    throw databaseErrors.make('database.read_only', facts, { cause: error });
  }
  if (accountRefusedStates.test(code)) {
    const facts = { database: postgresName, reason: message };
    throw databaseErrors.make('database.account_refused', facts, { cause: error });
  }
  if (
    unreachableStates.test(code) ||
    unreachableSystemCodes.test(code) ||
    (code === '' && unreachableMessages.test(message))
  ) {
    // A host with several addresses fails with a code and no message.
    const reason = message === '' ? code : message;
    throw databaseErrors.make('database.unreachable', { database: postgresName, reason }, { cause: error });
  }
  throw error;
}
