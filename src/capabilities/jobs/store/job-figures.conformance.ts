import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Database } from '../../../platform/database/index.ts';
import { createEventBus } from '../../../platform/events/index.ts';
import { insertJob, leaseOf, runningJob, testProject } from '../testing.ts';
import { sqlJobFigures } from './job-figures.ts';
import { sqlJobStore } from './sql-job-store.ts';

const progress = { phase: 'searching', percent: 30, message: 'reading', etaMs: null } as const;
const result = { text: 'the review', data: null, model: 'fake' };
const turn = {
  kind: 'turn',
  name: 'fake',
  summary: 'asked',
  phase: 'searching',
  data: '{}',
  tokensInput: 10,
  tokensOutput: 5,
} as const;

/** What the figures must say, on every database. */
export function jobFiguresConformance(
  name: string,
  openDatabase: (t: TestContext) => Promise<Database>,
): void {
  async function open(t: TestContext) {
    const database = await openDatabase(t);
    const store = sqlJobStore(
      database,
      createEventBus((error) => assert.fail(String(error))),
    );
    return { store, figures: sqlJobFigures(database) };
  }

  describe(`JobFigures on ${name}`, () => {
    it('[A17] sums tokens and cost by persona, model and status', async (t) => {
      const { store, figures } = await open(t);
      for (const costUsd of [0.5, 0.25]) {
        const job = await runningJob(store);
        await store.appendStep(leaseOf(job), { ...turn, costUsd }, progress, 1);
        await store.complete(leaseOf(job), result, job.startedAt! + 1_000);
      }
      await insertJob(store, { persona: 'qa' });
      await insertJob(store, { project: '/projects/other' });
      const found = (await figures.groups(testProject)).map((group) => ({ ...group }));
      assert.deepEqual(found, [
        {
          persona: 'qa',
          model: 'offline reviewer',
          status: 'pending',
          jobs: 1,
          tokensInput: 0,
          tokensOutput: 0,
          costUsd: 0,
        },
        {
          persona: 'security',
          model: 'fake',
          status: 'complete',
          jobs: 2,
          tokensInput: 20,
          tokensOutput: 10,
          costUsd: 0.75,
        },
      ]);
    });

    it('[A17] gives the nearest rank of durations, for each persona', async (t) => {
      const { store, figures } = await open(t);
      for (const seconds of [5, 1, 4, 2, 3]) {
        const job = await runningJob(store);
        await store.complete(leaseOf(job), result, job.startedAt! + seconds * 1_000);
      }
      const only = await runningJob(store, { persona: 'qa' });
      await store.complete(leaseOf(only), result, only.startedAt! + 7_000);
      const found = (await figures.durations(testProject)).map((group) => ({ ...group }));
      assert.deepEqual(found, [
        { persona: 'qa', p50Ms: 7_000, p95Ms: 7_000 },
        { persona: 'security', p50Ms: 3_000, p95Ms: 5_000 },
      ]);
    });

    it('[A17] counts created jobs by day and calls of a tool', async (t) => {
      const { store, figures } = await open(t);
      const day = 86_400_000;
      await insertJob(store, { createdAt: 10 * day });
      await insertJob(store, { createdAt: 20 * day });
      await insertJob(store, { createdAt: 20 * day + 1 });
      const days = (await figures.createdPerDay(testProject, 15 * day)).map((row) => ({ ...row }));
      assert.deepEqual(days, [{ day: 20, jobs: 2 }]);
      const job = await runningJob(store);
      await store.appendStep(
        leaseOf(job),
        { ...turn, kind: 'tool', name: 'search_standards', costUsd: 0 },
        progress,
        1,
      );
      await store.appendStep(
        leaseOf(job),
        { ...turn, kind: 'tool', name: 'read_file', costUsd: 0 },
        progress,
        1,
      );
      assert.equal(await figures.toolCalls(testProject, 'search_standards'), 1);
    });

    it('tells expired leases, and what waits for which models', async (t) => {
      const { store, figures } = await open(t);
      const job = await runningJob(store);
      await insertJob(store, { chain: 'abc', model: 'anthropic/some' });
      await insertJob(store);
      assert.deepEqual(await queueAt(job.leaseUntil! - 1), {
        expired: 0,
        waiting: ['offline reviewer 1', 'anthropic/some 1'],
      });
      assert.equal((await queueAt(job.leaseUntil! + 1)).expired, 1);

      async function queueAt(nowMs: number) {
        const { expiredLeases, waiting } = await figures.queue(testProject, nowMs);
        return { expired: expiredLeases, waiting: waiting.map(({ model, jobs }) => `${model} ${jobs}`) };
      }
    });
  });
}
