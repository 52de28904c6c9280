import assert from 'node:assert/strict';
import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { openTestSqlite, temporaryFolder } from '../platform/database/testing.ts';
import { createEventBus } from '../platform/events/index.ts';
import { sqlJobStore } from '../capabilities/jobs/index.ts';
import { insertJob, leaseOf, runningJob, testProject } from '../capabilities/jobs/testing.ts';
import { migrations } from './open-database.ts';
import { openRetention } from './open-retention.ts';
import { openWorkers } from './open-workers.ts';
import { openProjectContext } from './project-context.ts';

const dayMs = 86_400_000;

async function openParts(
  t: TestContext,
  settings: Record<string, unknown> = {},
  mayFinish: Promise<unknown> = Promise.resolve(),
) {
  const root = join(await realpath(await temporaryFolder(t)), 'shop');
  await mkdir(join(root, '.agent-os'), { recursive: true });
  const context = await openProjectContext({
    cwd: root,
    project: root,
    env: { XDG_CONFIG_HOME: join(root, 'none') },
    flags: settings,
  });
  t.after(() => context.personas.close());
  const problems: unknown[] = [];
  const database = await openTestSqlite(t, { migrations });
  const bus = createEventBus((error) => problems.push(error));
  const store = sqlJobStore(database, bus);
  const retention = openRetention(context, { store, database, project: testProject });
  let finished = 0;
  const workers = openWorkers(context, {
    store,
    database,
    bus,
    project: testProject,
    retention,
    runJob: async () => ({ text: 'the review', data: null, model: 'test' }),
    async finishApproved() {
      await mayFinish;
      finished += 1;
    },
    onError: (error) => problems.push(error),
  });
  const completed = new Promise<void>((resolve) =>
    bus.subscribe((event) => event.name === 'jobs.completed' && resolve()),
  );
  t.after(() => assert.deepEqual(problems, []));
  return { store, workers, retention, completed, finishedTimes: () => finished };
}

/** A job that ended so many days ago. */
async function endedJob({ store }: Awaited<ReturnType<typeof openParts>>, days: number): Promise<string> {
  const job = await runningJob(store);
  await store.complete(leaseOf(job), { text: 'r', data: null, model: 'm' }, Date.now() - days * dayMs);
  return job.id;
}

describe('a process that works on one job', () => {
  it('[A18] cleans up at its end when that is due, and finishes what was approved', async (t) => {
    const parts = await openParts(t);
    const [old, young] = [await endedJob(parts, 8), await endedJob(parts, 6)];
    const own = await insertJob(parts.store);
    parts.workers.start(own);
    assert.deepEqual([await parts.retention.lastRunAt(), parts.finishedTimes()], [null, 0], 'not before');
    await parts.workers.stop();
    assert.equal(await parts.store.get(old), undefined);
    assert.ok(await parts.store.get(young));
    assert.ok((await parts.retention.lastRunAt()) !== null);
    assert.equal(parts.finishedTimes(), 1);
    await parts.workers.stop();
    assert.equal(parts.finishedTimes(), 1);
  });

  it('looks after nothing when it started no worker, as one that only lists', async (t) => {
    const parts = await openParts(t);
    await parts.workers.stop();
    assert.deepEqual([await parts.retention.lastRunAt(), parts.finishedTimes()], [null, 0]);
  });
});

describe('workers that somebody starts', () => {
  it('have stopped when nothing that was begun beside them uses the database any more', async (t) => {
    const gate = Promise.withResolvers<undefined>();
    const { store, workers, finishedTimes } = await openParts(t, {}, gate.promise);
    workers.start();
    let isStopped = false;
    const stopping = workers.stop().then(() => (isStopped = true));
    for (let turn = 0; turn < 50; turn += 1) await insertJob(store);
    assert.equal(isStopped, false);
    gate.resolve(undefined);
    await stopping;
    assert.equal(finishedTimes(), 1);
  });

  for (const one of [true, false])
    it(`work also with jobs.workers: 0, ${one ? 'on the one job' : 'on all jobs'}`, async (t) => {
      const { store, workers, completed } = await openParts(t, { 'jobs.workers': 0 });
      const id = await insertJob(store);
      workers.start(one ? id : undefined);
      await completed;
      await workers.stop();
      assert.equal((await store.get(id))?.status, 'complete');
    });
});
