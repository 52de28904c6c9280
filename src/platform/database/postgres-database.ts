import type pg from 'pg';
import type { Database, Sql, SqlValue } from './database.ts';
import { databaseErrors } from './errors.ts';
import { numberedPlaceholders } from './placeholders.ts';

export interface PostgresOptions {
  /** Connection URL; holds a password, so it never enters an error or a log. */
  url: string;
  /** Connections in the pool, 1 to 100. */
  maxConnections: number;
  /** Milliseconds to wait for a connection. */
  connectTimeoutMs: number;
}

const displayName = 'The PostgreSQL database';

/** Opens a pool on a PostgreSQL server, version 13 or newer. `pg` is an optional dependency, loaded here. */
export async function openPostgresDatabase(options: PostgresOptions): Promise<Database> {
  const { default: driver } = await import('pg');
  const pool = new driver.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    connectionTimeoutMillis: options.connectTimeoutMs,
    types: {
      // BIGINT and COUNT arrive as text by default; ours are milliseconds and counts, safe as numbers.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === driver.types.builtins.INT8
          ? Number
          : (driver.types.getTypeParser(oid, format as 'text') as (value: string) => unknown),
    },
  });
  // An idle connection that the server closes would otherwise end the process; the next query reports it.
  pool.on('error', () => undefined);
  return new PostgresDatabase(pool);
}

class PostgresConnection implements Sql {
  readonly dialect = 'postgres';
  readonly #client: pg.Pool | pg.PoolClient;

  constructor(client: pg.Pool | pg.PoolClient) {
    this.#client = client;
  }

  async all<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return (await this.#query(sql, parameters)).rows as Row[];
  }

  async get<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row | undefined> {
    return (await this.#query(sql, parameters)).rows[0] as Row | undefined;
  }

  async run(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return (await this.#query(sql, parameters)).rowCount ?? 0;
  }

  #query(sql: string, parameters: readonly SqlValue[]): Promise<pg.QueryResult> {
    const text = numberedPlaceholders(sql);
    return this.#client.query({ text, name: statementName(text), values: [...parameters] });
  }
}

class PostgresDatabase extends PostgresConnection implements Database {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async all<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return super.all<Row>(sql, parameters).catch(rethrow);
  }

  override async get<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row | undefined> {
    return super.get<Row>(sql, parameters).catch(rethrow);
  }

  override async run(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return super.run(sql, parameters).catch(rethrow);
  }

  async transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch(rethrow);
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const value = await work(new PostgresConnection(client));
      await client.query('COMMIT');
      return value;
    } catch (error) {
      await client.query('ROLLBACK').catch((reason: Error) => (broken = reason));
      return rethrow(error);
    } finally {
      // A connection that cannot roll back is not given to the next caller.
      client.release(broken);
    }
  }

  async changeMarker(): Promise<string> {
    const row = await this.get<{ marker: string }>('SELECT pg_current_wal_insert_lsn()::text AS marker');
    return row!.marker;
  }

  async sizeBytes(): Promise<number> {
    const row = await this.get<{ size: number }>('SELECT pg_database_size(current_database()) AS size');
    return row!.size;
  }

  async reclaim(): Promise<void> {
    await this.#pool.query('VACUUM');
  }

  async integrityProblems(): Promise<string[]> {
    await this.get('SELECT 1');
    return [];
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

const statementNames = new Map<string, string>();

/** A short name for each statement text, so that the server parses and plans it once for each connection. */
function statementName(text: string): string {
  let name = statementNames.get(text);
  if (name === undefined) {
    name = `troupe_${statementNames.size + 1}`;
    statementNames.set(text, name);
  }
  return name;
}

// SQLSTATE classes: 53100 is disk_full, class 08 is connection trouble, 57P0x is a server going down.
function rethrow(error: unknown): never {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const reason = error instanceof Error ? error.message : String(error);
  if (code === '53100')
    throw databaseErrors.make('database.disk_full', { database: displayName }, { cause: error });
  if (code.startsWith('08') || code.startsWith('57P0') || /^E(CONN|HOST|NET|PIPE|AI_|TIMEDOUT)/.test(code)) {
    throw databaseErrors.make('database.unreachable', { database: displayName, reason }, { cause: error });
  }
  throw error;
}
