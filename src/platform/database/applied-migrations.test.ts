import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { appliedMigrations, migrate, type Database, type Migration } from './index.ts';
import { openTestSqlite, startTestPostgres } from './testing.ts';

const postgres = await startTestPostgres();
after(() => postgres.stop());

const notes: Migration = {
  id: 'test/0001-create-notes',
  statements: () => ['CREATE TABLE notes (text TEXT)'],
};

async function tablesOf(database: Database): Promise<string[]> {
  const source =
    database.dialect === 'sqlite'
      ? "SELECT name FROM sqlite_master WHERE type = 'table'"
      : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()';
  return (await database.all<{ name: string }>(`${source} ORDER BY 1`)).map(({ name }) => name);
}

const foreign = [
  ['a table of the same name', ['CREATE TABLE notes (x INT)']],
  ['a note of migrations of another form', ['CREATE TABLE schema_migrations (version TEXT)']],
  [
    'a note of migrations of which none is known',
    [
      'CREATE TABLE schema_migrations (id TEXT PRIMARY KEY, applied_at BIGINT)',
      "INSERT INTO schema_migrations VALUES ('20260101', 1)",
    ],
  ],
] as const;

const kinds: [string, (t: Parameters<typeof openTestSqlite>[0]) => Promise<Database>][] = [
  ['SQLite', openTestSqlite],
  ['PostgreSQL', (t) => postgres.open(t)],
];

for (const [kind, open] of kinds)
  describe(`a database of another program on ${kind}`, () => {
    for (const [what, statements] of foreign)
      it(`is refused and left as it is: ${what}`, async (t) => {
        const database = await open(t);
        for (const statement of statements) await database.run(statement);
        const before = await tablesOf(database);
        const refused = {
          code: 'database.not_ours',
          message: new RegExp(`its tables: ${before.join(', ')}`),
        };
        await assert.rejects(migrate(database, [notes], 'The database'), refused);
        await assert.rejects(appliedMigrations(database, [notes], 'The database'), refused);
        assert.deepEqual(await tablesOf(database), before);
      });
  });

describe('tables of other programs', () => {
  it('may stand beside ours on PostgreSQL, and make a file none of ours', async (t) => {
    const shared = await postgres.open(t);
    await shared.run('CREATE TABLE customers (x INT)');
    await migrate(shared, [notes], 'The PostgreSQL database');
    assert.deepEqual(await tablesOf(shared), ['customers', 'notes', 'schema_migrations']);
    const file = await openTestSqlite(t);
    await file.run('CREATE TABLE customers (x INT)');
    await assert.rejects(migrate(file, [notes], '.agent-os/troupe.db'), {
      code: 'database.not_ours',
      message: '.agent-os/troupe.db is a database of something else (its tables: customers).',
    });
  });
});
