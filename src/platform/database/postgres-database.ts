import type pg from 'pg';
import type { Database, Sql, SqlValue } from './database.ts';
import { databaseErrors } from './errors.ts';
import { numberedPlaceholders } from './placeholders.ts';
import { postgresName, rethrow } from './postgres-failures.ts';

/** The server and how many connections to it. */
export interface PostgresOptions {
  /** Connection URL; holds a password, so it never enters an error or a log. */
  url: string;
  /** Connections in the pool, 1 to 100. */
  maxConnections: number;
  /** Milliseconds to wait for a connection. */
  connectTimeoutMs: number;
}

/**
 * Opens a pool on a PostgreSQL server, version 13 or newer; connects at the first statement. `pg` is an optional
 * dependency, loaded here. Errors: `database.driver_missing`, `database.unreachable` (the URL is none).
 */
export async function openPostgresDatabase(options: PostgresOptions): Promise<Database> {
  const { default: driver } = await import('pg').catch((error: unknown) => {
    throw databaseErrors.make('database.driver_missing', { database: postgresName }, { cause: error });
  });
  // The driver's own error would carry the URL, and with it the password.
  if (!URL.canParse(options.url)) {
    const reason = 'its URL cannot be read';
    throw databaseErrors.make('database.unreachable', { database: postgresName, reason });
  }
  const types = new driver.TypeOverrides();
  // BIGINT and COUNT arrive as text by default; ours are milliseconds and counts, safe as numbers.
  types.setTypeParser(driver.types.builtins.INT8, Number);
  const pool = new driver.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    connectionTimeoutMillis: options.connectTimeoutMs,
    types,
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
    // A connection cut between two statements would otherwise end the process; the next statement reports it.
    const onCut = (error: Error) => (broken = error);
    client.on('error', onCut);
    try {
      await client.query('BEGIN');
      const value = await work(new PostgresConnection(client));
      await client.query('COMMIT');
      return value;
    } catch (error) {
      await client.query('ROLLBACK').catch((reason: unknown) => {
        broken ??= reason instanceof Error ? reason : new Error(String(reason));
      });
      return rethrow(error);
    } finally {
      client.off('error', onCut);
      // A connection that cannot roll back is not given to the next caller.
      client.release(broken);
    }
  }

  async changeMarker(): Promise<string> {
    const row = await this.get<{ marker: string }>('SELECT pg_current_wal_insert_lsn()::text AS marker');
    return row!.marker;
  }

  async sizeBytes(): Promise<number> {
    const row = await this.get<{ bytes: number }>('SELECT pg_database_size(current_database()) AS bytes');
    return row!.bytes;
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
