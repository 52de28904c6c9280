import { stat } from 'node:fs/promises';
import { isAppError, type AppError, type Clock } from '../../kernel/index.ts';
import type { Database, Sql, SqlValue } from './database.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { asDatabaseError, isBusy } from './sqlite-failures.ts';
import { databaseErrors } from './errors.ts';
import { watchPlace } from './file-place.ts';

/** Where the file lies and how long a lock is waited for. */
export interface SqliteOptions {
  /** File path. The folder must exist. */
  path: string;
  /** What people call the file in errors: the project-relative path. */
  displayName: string;
  clock: Clock;
  /** Milliseconds to wait for another process's write lock before `database.busy`. */
  busyTimeoutMs: number;
  /** Milliseconds of that which the driver may block the thread at a time; the rest is waited asynchronously. */
  driverWaitMs: number;
}

const firstRead = 'SELECT 1 FROM sqlite_master LIMIT 1';

/**
 * Opens a SQLite file, shared safely by several processes. Writes use one connection, one at a time; reads use
 * another, so that they never see an open transaction of this process. Nothing in an existing file changes before the
 * first write, which switches it to WAL mode: a file of a newer version can be refused untouched.
 */
export async function openSqliteDatabase(options: SqliteOptions): Promise<Database> {
  await assertFile(options);
  const { DatabaseSync } = await import('node:sqlite');
  const open = () => new SqliteConnection(new DatabaseSync(options.path, { timeout: options.driverWaitMs }));
  const waiting = new BusyWait(options);
  return waiting.run(() => {
    const writer = open();
    try {
      // The first read shows whether this is a database that can be used at all.
      writer.execute(firstRead);
      writer.execute('PRAGMA synchronous = NORMAL');
      writer.execute('PRAGMA foreign_keys = ON');
      return new SqliteDatabase(options, writer, open(), waiting);
    } catch (error) {
      writer.close();
      throw error;
    }
  });
}

/**
 * Refuses a pipe or a folder, which SQLite would wait for. Looks without opening: when a process closes a file, POSIX takes
 * away all locks it has on it, also those of a connection in another thread; a stranger's close would then delete the log
 * of writes under us. For the same reason nothing else in Troupe opens a database but through SQLite.
 */
export async function assertFile({
  path,
  displayName,
}: Pick<SqliteOptions, 'path' | 'displayName'>): Promise<void> {
  const facts = await stat(path).catch(() => undefined);
  if (facts !== undefined && !facts.isFile())
    throw databaseErrors.make('database.read_only', { database: displayName, reason: 'it is not a file' });
}

/** Repeats a synchronous action while another process holds the lock, giving the event loop back in between. */
class BusyWait {
  readonly #options: SqliteOptions;

  constructor(options: SqliteOptions) {
    this.#options = options;
  }

  async run<T>(action: () => T): Promise<T> {
    const { clock, busyTimeoutMs, displayName } = this.#options;
    const startedAt = clock.monotonicMs();
    for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 2, 50)) {
      try {
        return action();
      } catch (error) {
        const waitedMs = Math.round(clock.monotonicMs() - startedAt);
        if (!isBusy(error) || waitedMs >= busyTimeoutMs) throw asDatabaseError(error, displayName, waitedMs);
        await clock.sleep(pauseMs);
      }
    }
  }
}

class SqliteDatabase implements Database {
  readonly dialect = 'sqlite';
  readonly #options: SqliteOptions;
  readonly #writer: SqliteConnection;
  readonly #reader: SqliteConnection;
  readonly #busy: BusyWait;
  readonly lostPlace: () => AppError | undefined;
  #isWal = false;
  /** The last write in line; the next waits for it. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(options: SqliteOptions, writer: SqliteConnection, reader: SqliteConnection, busy: BusyWait) {
    this.#options = options;
    this.#writer = writer;
    this.#reader = reader;
    this.#busy = busy;
    this.lostPlace = watchPlace(options.path, options.displayName);
  }

  async all<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return this.#read(() => this.#reader.prepare(sql).all(...parameters) as Row[]);
  }

  async get<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row | undefined> {
    return this.#read(() => this.#reader.prepare(sql).get(...parameters) as Row | undefined);
  }

  run(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return this.#inLine(() =>
      this.#busy.run(() => {
        this.#switchToWal();
        return Number(this.#writer.prepare(sql).run(...parameters).changes);
      }),
    );
  }

  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return this.#inLine(async () => {
      await this.#begin();
      try {
        const value = await work(this.#writer);
        this.#writer.execute('COMMIT');
        return value;
      } catch (error) {
        this.#rollBack();
        throw asDatabaseError(error, this.#options.displayName, 0);
      }
    });
  }

  async changeMarker(): Promise<string> {
    const row = await this.get<{ data_version: number }>('PRAGMA data_version');
    return String(row!.data_version);
  }

  async sizeBytes(): Promise<number> {
    const sizes = await Promise.all(
      ['', '-wal'].map((suffix) =>
        stat(this.#options.path + suffix).then(
          (file) => file.size,
          () => 0,
        ),
      ),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  reclaim(): Promise<void> {
    return this.#inLine(() =>
      this.#busy.run(() => {
        this.#switchToWal();
        this.#writer.execute('VACUUM');
        this.#writer.execute('PRAGMA wal_checkpoint(TRUNCATE)');
      }),
    );
  }

  async integrityProblems(): Promise<string[]> {
    try {
      const rows = await this.all<{ integrity_check: string }>('PRAGMA integrity_check(20)');
      return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
    } catch (error) {
      // Damage can be such that the check itself cannot go on.
      if (isAppError(error, 'database.corrupted')) return [error.message];
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#tail.catch(() => undefined);
    this.#reader.close();
    this.#writer.close();
  }

  /** A fast path without promises in the common case that no writer is in the way. */
  #read<T>(action: () => T): T | Promise<T> {
    try {
      return action();
    } catch (error) {
      if (isBusy(error)) return this.#busy.run(action);
      throw asDatabaseError(error, this.#options.displayName, 0);
    }
  }

  #begin(): Promise<void> | undefined {
    const begin = () => {
      this.#switchToWal();
      this.#writer.execute('BEGIN IMMEDIATE');
    };
    try {
      begin();
      return undefined;
    } catch (error) {
      if (!isBusy(error)) throw asDatabaseError(error, this.#options.displayName, 0);
      return this.#busy.run(begin);
    }
  }

  /** WAL mode lets readers and one writer work side by side; it is a property of the file and stays. */
  #switchToWal(): void {
    if (this.#isWal) return;
    this.#writer.execute('PRAGMA journal_mode = WAL');
    // The files beside it are opened by name at the first read: later, the name may be that of another database.
    this.#reader.execute(firstRead);
    this.#isWal = true;
  }

  #rollBack(): void {
    try {
      this.#writer.execute('ROLLBACK');
    } catch {
      // SQLite has already rolled back by itself, as it does when the disk is full.
    }
  }

  #inLine<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(action, action);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
}
