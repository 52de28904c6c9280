import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { isAppError } from '../../kernel/index.ts';
import type { Sql } from './database.ts';
import { databaseErrors } from './errors.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { assertFile, type SqliteOptions } from './sqlite-database.ts';
import { asDatabaseError } from './sqlite-failures.ts';

type ReadOptions = Pick<SqliteOptions, 'path' | 'displayName' | 'driverWaitMs'>;

/**
 * Reads a SQLite file in a folder where nothing can be written, and lets go of it: what other processes committed by then is
 * seen. Statements that write fail. Errors: `database.unreadable`, also when a log of writes (`-wal`) lies beside it without
 * what is needed to read it; `database.busy`, `database.corrupted`, those of `work`.
 */
export async function readSqliteFile<T>(options: ReadOptions, work: (sql: Sql) => Promise<T>): Promise<T> {
  await assertFile(options);
  const connection = await open(options);
  try {
    return await work(connection);
  } catch (error) {
    throw named(error, options);
  } finally {
    connection.close();
  }
}

async function open(options: ReadOptions): Promise<SqliteConnection> {
  const { DatabaseSync } = await import('node:sqlite');
  const connect = (place: string | URL) => {
    const connection = new SqliteConnection(
      new DatabaseSync(place, { readOnly: true, timeout: options.driverWaitMs }),
    );
    try {
      connection.execute('SELECT 1 FROM sqlite_master LIMIT 1');
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  };
  const { path, displayName } = options;
  try {
    return connect(path);
  } catch (error) {
    const known = asDatabaseError(error, displayName, 0);
    const log = await stat(`${path}-wal`).catch(() => undefined);
    // Reading goes through a shared file beside the log, which cannot be made here. Without a log nobody writes, and all there
    // is stands in the file itself.
    const isWhole = log === undefined || log.size === 0;
    if (!isAppError(known, 'database.read_only') || !isWhole) throw named(error, options);
  }
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  try {
    return connect(url);
  } catch (error) {
    throw named(error, options);
  }
}

/** Where nothing is to be written, what SQLite says of writing is about reading. */
function named(error: unknown, { displayName }: ReadOptions): unknown {
  const known = asDatabaseError(error, displayName, 0);
  if (!isAppError(known, 'database.read_only')) return known;
  const reason = error instanceof Error ? error.message : String(error);
  return databaseErrors.make('database.unreadable', { database: displayName, reason }, { cause: error });
}
