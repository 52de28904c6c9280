import type { AppError } from '../../kernel/index.ts';

/** What a column can hold on every database we run on. */
export type SqlValue = string | number | null | Uint8Array;

/** Which SQL is spoken; only what both cannot express alike asks for it. */
export type Dialect = 'sqlite' | 'postgres';

/**
 * Statements on a database. Placeholders are `?` on every dialect.
 * Errors: `database.busy`, `database.contended` and `database.unreachable` (retryable), `database.disk_full`,
 * `database.corrupted`, `database.read_only`.
 */
export interface Sql {
  readonly dialect: Dialect;
  /** All rows. Keep result sets small: lists are paged by the caller. */
  all<Row>(sql: string, parameters?: readonly SqlValue[]): Promise<Row[]>;
  /** The first row, or `undefined`. */
  get<Row>(sql: string, parameters?: readonly SqlValue[]): Promise<Row | undefined>;
  /** Runs a statement; resolves to the number of rows it changed. */
  run(sql: string, parameters?: readonly SqlValue[]): Promise<number>;
}

/**
 * A database that several processes share. Writes of one process are done one after the other on SQLite, side by side
 * on PostgreSQL; a read outside a transaction sees committed changes only, those of its own process at once.
 */
export interface Database extends Sql {
  /**
   * Runs `work` in one write transaction: all of it is stored, or nothing. `work` must use only the `tx` it is
   * given and wait for nothing but statements: on SQLite it holds the write lock of the file. It may run more than once:
   * PostgreSQL undoes one of two transactions that wait for each other, and that one is done again.
   */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  /**
   * A value that differs after any process committed a change; equal values mean nothing changed. Cheap. On PostgreSQL it is
   * the position of the server's log: other programs' changes move it too. One of our own rows would have to be changed by
   * each transaction, and all of them would wait for one another there.
   */
  changeMarker(): Promise<string>;
  /**
   * Why nothing new may be stored: `database.replaced` when the file is no longer where it was opened, so that no other process
   * sees what is written; `undefined` while all is well, and on a server. Whoever takes on new work asks before: what was
   * taken on goes on. Cheap, but no promise: the file can go at any time.
   */
  lostPlace(): AppError | undefined;
  /** Size on disk in bytes: of the file with its write-ahead log, or of our own tables with their indexes on a server. */
  sizeBytes(): Promise<number>;
  /** Gives space of deleted rows back to the disk; on a server, of our own tables only. Slow; off the request path only. */
  reclaim(): Promise<void>;
  /** Reads the whole database for damage; an empty list means none was found. Slow. */
  integrityProblems(): Promise<string[]>;
  close(): Promise<void>;
}
