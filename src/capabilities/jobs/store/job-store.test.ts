import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { openTestSqlite, startTestPostgres, temporaryFolder } from '../../../platform/database/testing.ts';
import { createEventBus, eventMigrations } from '../../../platform/events/index.ts';
import { jobMigrations } from '../migrations/index.ts';
import { claimRequest, insertJob, leaseOf, noLimits, newJob, testProject } from '../testing.ts';
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
