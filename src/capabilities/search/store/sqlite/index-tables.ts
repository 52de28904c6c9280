import type { Sql } from '../../../../platform/database/index.ts';
import { indexFormat } from '../index-format.ts';

/*
 * standards: one row for each id there ever was; `record` is NULL where the standard is gone, so that other processes learn
 * of it. Bounded by the ids a project ever had, and empty again with each new format.
 * vectors: one row for each text and model, so that nothing is embedded twice; `keepVectors` is its retention.
 */
const tables = [
  'CREATE TABLE index_facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID',
  'CREATE TABLE standards (id TEXT PRIMARY KEY, generation INTEGER NOT NULL, stamp TEXT NOT NULL, record TEXT)',
  'CREATE INDEX standards_by_generation ON standards (generation)',
  `CREATE TABLE vectors (number INTEGER PRIMARY KEY AUTOINCREMENT, model TEXT NOT NULL, passage TEXT NOT NULL,
     scale REAL NOT NULL, numbers BLOB NOT NULL, UNIQUE (model, passage))`,
  'CREATE TABLE models (id TEXT PRIMARY KEY, used_at INTEGER NOT NULL) WITHOUT ROWID',
];

export async function createTables(sql: Sql): Promise<void> {
  for (const statement of tables) await sql.run(statement);
  await sql.run(
    "INSERT INTO index_facts (name, value) VALUES ('format', ?), ('generation', 0), ('forgotten', 0)",
    [indexFormat],
  );
}

export async function dropTables(sql: Sql): Promise<void> {
  for (const table of ['index_facts', 'standards', 'vectors', 'models']) {
    await sql.run(`DROP TABLE IF EXISTS ${table}`);
  }
}
