import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAppError } from '../../../kernel/index.ts';
import { insertJob } from '../testing.ts';
import type { Attempt } from './attempt.ts';
import { heldWork, openSide, type Side } from './pool-fixture.ts';

const step = {
  kind: 'turn',
  name: 'test',
  summary: 'read',
  phase: 'analyzing',
  data: 'x'.repeat(200_000),
  tokensInput: 0,
  tokensOutput: 0,
  costUsd: 0,
} as const;
const standing = { phase: 'analyzing', percent: 50, message: 'reading' } as const;
const large = () => 'y'.repeat(200_000);

/** Whether the database can hold no page more than now, which SQLite reports as it does a full disk. */
async function bound(side: Side, isFull: boolean): Promise<void> {
  const { page_count: pages } = (await side.database.get<{ page_count: number }>('PRAGMA page_count'))!;
  await side.database.run(`PRAGMA max_page_count = ${isFull ? pages : 4_294_967_294}`);
}

const storeStep = (attempt: Attempt) => attempt.finishStep(step, standing, large);

describe('a full disk while a job is worked on', () => {
  it('ends the pool of one job with the error; the job is whole, and goes on from its last step', async (t) => {
    const side = await openSide(t);
    const jobId = await insertJob(side.store);
    const work = heldWork();
    const pool = side.startPool(work.runJob, { onlyJobId: jobId });
    const { attempt, fail } = await work.started.next();
    await attempt.finishStep({ ...step, data: 'first' }, standing, () => 'part');
    await bound(side, true);
    await assert.rejects(storeStep(attempt), (error) => {
      assert.ok(isAppError(error, 'database.disk_full'));
      fail(error);
      return true;
    });
    await new Promise((resolve) => pool.broken.addEventListener('abort', resolve, { once: true }));
    assert.ok(isAppError(pool.broken.reason, 'database.disk_full'));
    assert.match(pool.broken.reason.remedy, /Free space/);
    await pool.stop();
    assert.deepEqual(
      (await side.store.steps(jobId, { after: 0, limit: 9 })).map(({ data }) => data),
      ['first'],
    );
    assert.deepEqual(await side.database.integrityProblems(), []);

    await bound(side, false);
    const later = Date.now() + 3_600_000;
    assert.deepEqual(await side.store.takeBackExpired(attempt.job.project, later, 3), [jobId]);
    side.startPool(work.runJob, { onlyJobId: jobId });
    const again = await work.started.next();
    assert.equal((await again.attempt.finishedSteps()).length, 1);
    again.finish();
    await side.told('jobs.completed', jobId);
  });

  it('is told to a pool for all jobs, which takes the next once there is room', async (t) => {
    const side = await openSide(t);
    const jobId = await insertJob(side.store);
    const work = heldWork();
    const pool = side.startPool(work.runJob);
    const { attempt, fail } = await work.started.next();
    await bound(side, true);
    await assert.rejects(storeStep(attempt), (error) => {
      fail(error as Error);
      return true;
    });
    const told = await side.errors.next();
    assert.ok(isAppError(told, 'database.disk_full'));
    assert.equal(pool.broken.aborted, false);
    assert.equal(
      (await side.store.get(jobId))!.status,
      'running',
      'its lease runs out, nothing else changed',
    );
    await bound(side, false);
    const next = await insertJob(side.store);
    (await work.started.next(({ attempt: { job } }) => job.id === next)).finish();
    await side.told('jobs.completed', next);
  });
});
