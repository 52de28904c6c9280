import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock, type Clock } from '../../../kernel/index.ts';
import { databaseErrors } from '../../../platform/database/index.ts';
import type { JobStore } from '../store/job-store.ts';
import { insertJob } from '../testing.ts';
import { heldWork, openSide, testSettings } from './pool-fixture.ts';

const step = {
  kind: 'turn',
  name: 'test',
  summary: 'wrote the review',
  phase: 'generating',
  data: '{"text":"paid for"}',
  tokensInput: 1_000,
  tokensOutput: 100,
  costUsd: 0.01,
} as const;
const standing = { phase: 'generating', percent: 90, message: 'writing' } as const;

/** A clock that only sleep moves; the pauses between two tries are over at once, and as long as they were to be. */
function pausingClock(): Clock {
  let sleptMs = 0;
  return {
    now: () => systemClock.now(),
    monotonicMs: () => sleptMs,
    async sleep(ms, options) {
      if (ms < 100 || ms > 1_000) await systemClock.sleep(ms, options);
      sleptMs += ms;
    },
  };
}

const away = () =>
  databaseErrors.make('database.unreachable', {
    database: 'The PostgreSQL database',
    reason: 'ECONNREFUSED',
  });

/** Job and pool, whose writes of steps, results and progress go through `fault`. */
async function openOutage(
  t: Parameters<typeof openSide>[0],
  fault: <T>(write: () => Promise<T>) => Promise<T>,
) {
  const side = await openSide(t);
  const store: JobStore = {
    ...side.store,
    appendStep: (...given) => fault(() => side.store.appendStep(...given)),
    complete: (...given) => fault(() => side.store.complete(...given)),
    recordProgress: (...given) => fault(() => side.store.recordProgress(...given)),
  };
  const jobId = await insertJob(side.store);
  const work = heldWork();
  side.startPool(work.runJob, { clock: pausingClock(), store });
  const held = await work.started.next();
  await held.attempt.finishedSteps();
  const stepsStored = () => side.store.steps(jobId, { after: 0, limit: 9 });
  return { side, jobId, work, held, stepsStored };
}

describe('a database that is away while a job is worked on', () => {
  it('costs no turn: a finished step is held until it is stored, once', async (t) => {
    let failures = 0;
    const { side, jobId, held, stepsStored } = await openOutage(t, (write) =>
      ++failures % 5 === 0 ? write() : Promise.reject(away()),
    );
    await held.attempt.report(standing);
    await held.attempt.finishStep(step, standing, () => 'part');
    assert.partialDeepStrictEqual(await stepsStored(), [{ number: 1, data: step.data }]);
    held.finish();
    await side.told('jobs.completed', jobId);
    assert.partialDeepStrictEqual(await side.store.get(jobId), { status: 'complete', attempt: 1 });
  });

  it('that stored a step and could not say so does not get it twice', async (t) => {
    let isCut = true;
    const { side, jobId, held, stepsStored } = await openOutage(t, async (write) => {
      const value = await write();
      if (!isCut) return value;
      isCut = false;
      throw away();
    });
    await held.attempt.finishStep(step, standing, () => 'part');
    isCut = true;
    // The same words again are another step.
    await held.attempt.finishStep(step, standing, () => 'part');
    assert.deepEqual(
      (await stepsStored()).map(({ number }) => number),
      [1, 2],
    );
    assert.equal((await side.store.get(jobId))!.tokensInput, 2_000);
    isCut = true;
    held.finish();
    await side.told('jobs.completed', jobId);
    assert.partialDeepStrictEqual(await side.store.get(jobId), { status: 'complete', attempt: 1 });
  });

  it('longer than a lease lasts is given up: the job is handed back', async (t) => {
    let isAway = true;
    let tries = 0;
    const { jobId, work, held } = await openOutage(t, (write) => {
      tries += 1;
      return isAway ? Promise.reject(away()) : write();
    });
    await assert.rejects(
      held.attempt.finishStep(step, standing, () => 'part'),
      (error: Error) => {
        held.fail(error);
        return (error as Error & { code?: string }).code === 'database.unreachable';
      },
    );
    assert.ok(tries > testSettings.leaseMs / 1_000, `tried ${tries} times`);
    isAway = false;
    const again = await work.started.next();
    assert.partialDeepStrictEqual(again.attempt.job, { id: jobId, attempt: 2, crashes: 0 });
    again.finish();
  });
});
