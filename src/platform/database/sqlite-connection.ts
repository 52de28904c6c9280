import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Sql, SqlValue } from './database.ts';

/** One SQLite connection with its prepared statements. Statements run at once; the promises are already settled. */
export class SqliteConnection implements Sql {
  readonly dialect = 'sqlite';
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  async all<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return this.prepare(sql).all(...parameters) as Row[];
  }

  async get<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row | undefined> {
    return this.prepare(sql).get(...parameters) as Row | undefined;
  }

  async run(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return Number(this.prepare(sql).run(...parameters).changes);
  }

  /** A statement without parameters or rows. Prepared, since BEGIN and COMMIT are half of all statements. */
  execute(sql: string): void {
    this.prepare(sql).run();
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }
}
