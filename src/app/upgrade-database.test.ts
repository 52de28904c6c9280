import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it, type TestContext } from 'node:test';
import { migrate, type Database, type Migration, type SqlValue } from '../platform/database/index.ts';
import { openTestSqlite, startTestPostgres } from '../platform/database/testing.ts';
import { migrations } from './open-database.ts';

const postgres = await startTestPostgres();
after(() => postgres.stop());

/** The product's migrations in the order in which they were released; the list's first lines are an older version's. */
const released = readFileSync(
  new URL('../../test/architecture/released-migrations.txt', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map((line) => migrations.find(({ id }) => line.startsWith(`${id} `))!);

interface Column {
  table: string;
  name: string;
  type: string;
  /** The database gives its values. */
  given: boolean;
}

/** Columns of all our tables, in the order in which the tables were made. */
async function columnsOf(database: Database): Promise<Column[]> {
  const rows = await database.all<Omit<Column, 'given'> & { given: number }>(
    database.dialect === 'sqlite'
      ? `SELECT m.name AS "table", c.name, c.type, 0 AS given FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY m.rowid, c.cid`
      : `SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, NULL) AS type,
           CASE WHEN a.attidentity <> '' OR a.atttypid = 'xid8'::regtype THEN 1 ELSE 0 END AS given
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.oid, a.attnum`,
  );
  return rows
    .filter(({ table }) => table !== 'schema_migrations')
    .map((row) => ({ ...row, given: row.given === 1 }));
}

const valueFor = ({ type }: Column): SqlValue =>
  /^text$/i.test(type) ? 'one' : /^double/i.test(type) ? 1.5 : 1;

/**
 * Puts one row into every table that is there, each text the same, so that every reference is to a row that exists.
 * Resolves to the columns it filled.
 */
async function populate(database: Database): Promise<Column[]> {
  const filled = (await columnsOf(database)).filter(({ given }) => !given);
  for (const [table, columns] of Map.groupBy(filled, (column) => column.table)) {
    const names = columns.map(({ name }) => name).join(', ');
    const places = columns.map(() => '?').join(', ');
    await database.run(`INSERT INTO ${table} (${names}) VALUES (${places})`, columns.map(valueFor));
  }
  return filled;
}

const kinds: [string, (t: TestContext, version: readonly Migration[]) => Promise<Database>][] = [
  ['SQLite', (t, version) => openTestSqlite(t, { migrations: version })],
  ['PostgreSQL', (t, version) => postgres.open(t, version)],
];

for (const [kind, open] of kinds)
  describe(`an older version's database with rows in every table, on ${kind}`, () => {
    for (const [index, { id }] of released.entries())
      it(`has all tables as a new one, and keeps its rows: up to ${id}`, async (t) => {
        const older = await open(t, released.slice(0, index + 1));
        const filled = await populate(older);
        await migrate(older, migrations, 'The database');
        for (const [table, columns] of Map.groupBy(filled, (column) => column.table)) {
          const names = columns.map(({ name }) => name).join(', ');
          const kept = Object.fromEntries(columns.map((column) => [column.name, valueFor(column)]));
          const rows = await older.all<Record<string, SqlValue>>(`SELECT ${names} FROM ${table}`);
          assert.deepEqual(
            rows.map((row) => ({ ...row })),
            [kept],
            table,
          );
        }
        const fresh = await open(t, migrations);
        assert.deepEqual(inOrder(await columnsOf(older)), inOrder(await columnsOf(fresh)));
      });
  });

/** Tables are made in another order by an upgrade than anew. */
function inOrder(columns: readonly Column[]): Column[] {
  return columns.toSorted((a, b) => (`${a.table}.${a.name}` < `${b.table}.${b.name}` ? -1 : 1));
}
