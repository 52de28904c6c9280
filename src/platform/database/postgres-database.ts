import type pg from 'pg';
import type { Clock } from '../../kernel/index.ts';
import type { Database, Sql, SqlValue } from './database.ts';
import { databaseErrors } from './errors.ts';
import { numberedPlaceholders } from './placeholders.ts';
import { isUndoneForOthers, postgresName, rethrow } from './postgres-failures.ts';

/** The server and how many connections to it. */
export interface PostgresOptions {
  /** Connection URL; holds a password, so it never enters an error or a log. */
  url: string;
  /** Connections in the pool, 1 to 100. */
  maxConnections: number;
  /** Milliseconds to wait for a connection. */
  connectTimeoutMs: number;
  clock: Clock;
  /** Our own tables, in the first schema of the search path: others may have theirs in the same database. */
  tables: readonly string[];
  /** In [0, 1), spreads repetitions; default `Math.random`. */
  random?: () => number;
}

/** How often a change is tried that the server undoes for the sake of others. */
const attemptLimit = 5;
/** Pause before the second attempt, doubled before each further one, milliseconds. */
const firstPauseMs = 10;

/**
 * Opens a pool on a PostgreSQL server, version 13 or newer; connects at the first statement. `pg` is an optional
 * dependency, loaded here. Errors: `database.driver_missing`, `database.bad_address`.
 */
export async function openPostgresDatabase(options: PostgresOptions): Promise<Database> {
  const { default: driver } = await import('pg').catch((error: unknown) => {
    throw databaseErrors.make('database.driver_missing', { database: postgresName }, { cause: error });
  });
  // The driver's own error would carry the URL, and with it the password.
  const { protocol } = URL.parse(options.url) ?? {};
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') {
    const given = protocol === undefined ? 'it cannot be read' : `it begins with ${protocol}`;
    throw databaseErrors.make('database.bad_address', { given });
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
  return new PostgresDatabase(pool, options);
}

/** Those of our tables that are there; the one placeholder is their names with commas between them. */
const ownTables = `SELECT place FROM (
    SELECT to_regclass(format('%I.%I', current_schema(), name)) AS place FROM unnest(string_to_array(?, ',')) AS name
  ) AS named WHERE place IS NOT NULL`;

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
  readonly #options: PostgresOptions;

  constructor(pool: pg.Pool, options: PostgresOptions) {
    super(pool);
    this.#pool = pool;
    this.#options = options;
  }

  override async all<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return this.#persistently(() => super.all<Row>(sql, parameters));
  }

  override async get<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row | undefined> {
    return this.#persistently(() => super.get<Row>(sql, parameters));
  }

  override async run(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return this.#persistently(() => super.run(sql, parameters));
  }

  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return this.#persistently(() => this.#transactOnce(work));
  }

  async #transactOnce<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
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
      throw error;
    } finally {
      client.off('error', onCut);
      // A connection that cannot roll back is not given to the next caller.
      client.release(broken);
    }
  }

  /** Does again what the server undid for the sake of others, a few times; names every other failure. */
  async #persistently<T>(action: () => Promise<T>): Promise<T> {
    const { clock, random = Math.random } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        return await action();
      } catch (error) {
        if (!isUndoneForOthers(error)) return rethrow(error);
        if (attempt === attemptLimit) {
          const reason = error instanceof Error ? error.message : String(error);
          const facts = { database: postgresName, attempts: attempt, reason };
          throw databaseErrors.make('database.contended', facts, { cause: error });
        }
      }
      await clock.sleep(firstPauseMs * 2 ** (attempt - 1) * (0.5 + random()));
    }
  }

  lostPlace(): undefined {
    return undefined;
  }

  async changeMarker(): Promise<string> {
    const row = await this.get<{ marker: string }>('SELECT pg_current_wal_insert_lsn()::text AS marker');
    return row!.marker;
  }

  async sizeBytes(): Promise<number> {
    const row = await this.get<{ bytes: number }>(
      `SELECT coalesce(sum(pg_total_relation_size(place)), 0)::bigint AS bytes FROM (${ownTables}) AS own`,
      [this.#options.tables.join()],
    );
    return row!.bytes;
  }

  async reclaim(): Promise<void> {
    const own = await this.all<{ name: string }>(`SELECT place::text AS name FROM (${ownTables}) AS own`, [
      this.#options.tables.join(),
    ]);
    if (own.length > 0) await this.#pool.query(`VACUUM ${own.map(({ name }) => name).join()}`).catch(rethrow);
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
