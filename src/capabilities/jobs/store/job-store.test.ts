import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { openTestSqlite, startTestPostgres, temporaryFolder } from '../../../platform/database/testing.ts';
import { appendEvent, createEventBus, eventMigrations } from '../../../platform/events/index.ts';
import { jobMigrations } from '../migrations/index.ts';
import { claimRequest, insertJob, leaseOf, noLimits, newJob, testProject } from '../testing.ts';
import { deleteOldEvents } from './job-retention.ts';
import { jobStoreConformance } from './job-store.conformance.ts';
import { sqlJobStore } from './sql-job-store.ts';

const migrations = [...eventMigrations, ...jobMigrations];
const postgres = await startTestPostgres();
after(() => postgres.stop());

jobStoreConformance('SQLite', (t) => openTestSqlite(t, { migrations }));
jobStoreConformance('PostgreSQL', (t) => postgres.open(t, migrations));

it('[A2] a state is read once, until this process or another changes the database', async (t) => {
  const folder = await temporaryFolder(t);
  const open = async () =>
    sqlJobStore(
      await openTestSqlite(t, { folder, migrations }),
      createEventBus((error) => assert.ifError(error)),
    );
  const [ours, theirs] = [await open(), await open()];
  const id = await insertJob(ours);
  assert.equal((await ours.getState(id))?.status, 'pending');
  const job = await theirs.claimNext(claimRequest());
  const running = await ours.getState(id);
  assert.equal(running?.status, 'running');
  assert.equal(await ours.getState(id), running, 'not read again');
  await ours.insert(newJob(), noLimits);
  assert.notEqual(await ours.getState(id), running, 'read again after a change of our own');
  await theirs.complete(leaseOf(job!), { text: 'the review', data: null, model: 'fake' }, 2);
  assert.equal((await ours.getState(id))?.result, 'the review');
  const pace = { batch: 100, giveTurn: () => Promise.resolve() };
  await theirs.deleteEnded(testProject, { complete: 3, failed: 3, cancelled: 3 }, pace);
  assert.equal(await ours.getState(id), undefined);
});

it('[A18] a project that cleans up leaves the events of others in a database they share', async (t) => {
  const database = await postgres.open(t, migrations);
  const store = sqlJobStore(
    database,
    createEventBus((error) => assert.ifError(error)),
  );
  const old = { createdAt: 1_000 };
  const [ours, theirs, gone] = [
    await insertJob(store, old),
    await insertJob(store, { ...old, project: 'theirs' }),
    await insertJob(store, { ...old, project: 'theirs' }),
  ];
  const ask = (project: string) =>
    database.transaction((tx) =>
      appendEvent(
        tx,
        { name: 'approvals.requested', entityId: `of ${project}`, payload: { project } },
        1_000,
      ),
    );
  await ask(testProject);
  await ask('theirs');
  await insertJob(store, { createdAt: 3_000 });
  await database.run('DELETE FROM jobs WHERE id = ?', [gone]);
  const pace = { batch: 2, giveTurn: () => Promise.resolve() };
  assert.equal(await deleteOldEvents(database, testProject, 2_000, pace), 3);
  const left = await database.all<{ entity_id: string }>(
    'SELECT entity_id FROM events WHERE created_at < 2000 ORDER BY sequence',
  );
  assert.deepEqual(
    left.map((event) => event.entity_id),
    [theirs, 'of theirs'],
  );
  assert.ok((await store.get(ours)) !== undefined);
});
