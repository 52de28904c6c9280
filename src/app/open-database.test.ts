import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { tablesOf } from '../platform/database/index.ts';
import { startTestPostgres } from '../platform/database/testing.ts';
import { migrations } from './open-database.ts';

const postgres = await startTestPostgres();
after(() => postgres.stop());

it('every table that the migrations make is one of ours: its size counts, and it is cleaned', async (t) => {
  const database = await postgres.open(t, migrations);
  const made = await database.all<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()',
  );
  assert.deepEqual(tablesOf(migrations).toSorted(), made.map(({ name }) => name).toSorted());
  assert.ok((await database.sizeBytes()) > 0);
  await database.reclaim();
});
