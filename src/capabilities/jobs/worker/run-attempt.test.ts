import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { steppedClock } from '../../models/testing.ts';
import { insertJob } from '../testing.ts';
import { AttemptStopped } from './run-attempt.ts';
import { heldWork, openSide, testSettings } from './pool-fixture.ts';

const turn = {
  kind: 'turn',
  name: 'model',
  summary: 'asked',
  phase: 'searching',
  data: '{}',
  tokensInput: 10,
  tokensOutput: 5,
  costUsd: 0.5,
} as const;
const reading = { phase: 'searching', percent: 20, message: 'reading' } as const;

async function heldAttempt(t: Parameters<typeof openSide>[0]) {
  const clock = steppedClock();
  const side = await openSide(t);
  const work = heldWork();
  side.startPool(work.runJob, { clock });
  const jobId = await insertJob(side.store, { createdAt: clock.now() });
  const held = await work.started.next();
  const read = async () => (await side.store.get(jobId))!;
  return { clock, side, work, jobId, held, read };
}

describe('an attempt', () => {
  it('[A24] that runs longer than the limit is stopped and fails with its partial result', async (t) => {
    const { clock, side, jobId, held, read } = await heldAttempt(t);
    await held.attempt.finishStep(turn, reading, () => 'two findings so far');
    await clock.sleeping((ms) => ms === testSettings.maxDurationMs);
    clock.step(testSettings.maxDurationMs);
    assert.deepEqual(await held.aborted, new AttemptStopped('timed-out'));
    await side.told('jobs.failed', jobId);
    const job = await read();
    assert.partialDeepStrictEqual(job, {
      status: 'failed',
      failure: { code: 'jobs.timed_out' },
      partialResult: 'two findings so far',
      tokensInput: 10,
    });
    assert.match(job.failure!.message, /1800 s \(jobs\.max_duration_ms\)/);
  });

  it('[A6] of a job left over night has its whole time again', async (t) => {
    const clock = steppedClock();
    const side = await openSide(t);
    const jobId = await insertJob(side.store, { createdAt: clock.now() });
    const first = heldWork();
    const closing = side.startPool(first.runJob, { clock });
    await first.started.next();
    await closing.stop();
    clock.step(16 * 3_600_000);
    const second = heldWork();
    side.startPool(second.runJob, { clock });
    const held = await second.started.next();
    clock.step(testSettings.maxDurationMs - 1);
    assert.equal(held.attempt.signal.aborted, false);
    held.finish();
    await side.told('jobs.completed', jobId);
    assert.deepEqual(
      await side.store.finished(held.attempt.job, 10),
      [],
      'a night of waiting is no duration to estimate by',
    );
    const { startedAt, endedAt } = (await side.store.get(jobId))!;
    assert.equal(endedAt! - startedAt!, testSettings.maxDurationMs - 1, 'nor one to tell people');
    assert.equal(held.attempt.workedMs(), testSettings.maxDurationMs - 1);
  });

  for (const byMs of [-7_200_000, 86_400_000]) {
    it(`[A5] has lasted as long as it worked where the clock was set by ${byMs / 3_600_000} h meanwhile`, async (t) => {
      for (const fails of [false, true]) {
        const { clock, side, jobId, held, read } = await heldAttempt(t);
        clock.step(5_000);
        // Only the wall clock is set; the monotonic one never is.
        const now = clock.now.bind(clock);
        clock.now = () => now() + byMs;
        if (fails) held.fail(new Error('no'));
        else held.finish();
        await side.told(fails ? 'jobs.failed' : 'jobs.completed', jobId);
        const { startedAt, endedAt } = await read();
        assert.deepEqual([endedAt, endedAt! - startedAt!], [clock.now(), 5_000]);
      }
    });
  }

  it('[A4] that fails keeps the newest partial result, however fast it came', async (t) => {
    const { side, jobId, held, read } = await heldAttempt(t);
    await held.attempt.report(reading, { partialResult: () => 'first' });
    await held.attempt.finishStep(turn, reading, () => 'second');
    await held.attempt.report({ ...reading, message: 'thinking' });
    held.fail(new Error('the model broke'));
    await side.told('jobs.failed', jobId);
    const { partialResult, failure } = await read();
    assert.equal(partialResult, 'second');
    assert.equal(failure!.code, 'internal.unexpected');
  });

  it('[A4] held-back progress is recorded once its second is over, so that a cancelled job has it', async (t) => {
    const { clock, side, jobId, held, read } = await heldAttempt(t);
    await held.attempt.report(reading, { partialResult: () => 'first' });
    await held.attempt.report({ ...reading, message: 'more' }, { partialResult: () => 'second' });
    assert.equal((await read()).partialResult, 'first');
    await side.told('jobs.progressed', jobId);
    clock.step(1_000);
    await side.told('jobs.progressed', jobId);
    await side.store.cancel(jobId, clock.now());
    assert.partialDeepStrictEqual(await read(), {
      status: 'cancelled',
      partialResult: 'second',
      progress: { message: 'more' },
    });
  });

  it('[A6] writes at most one record a second of the same phase, and a new phase at once', async (t) => {
    const { clock, held, read } = await heldAttempt(t);
    await held.attempt.report({ phase: 'searching', percent: 11, message: 'a' });
    await held.attempt.report({ phase: 'searching', percent: 12, message: 'b' });
    assert.equal((await read()).progress.message, 'a');
    await held.attempt.report({ phase: 'analyzing', percent: 50, message: 'c' });
    assert.partialDeepStrictEqual((await read()).progress, { phase: 'analyzing', message: 'c', percent: 50 });
    clock.step(1_000);
    await held.attempt.report({ phase: 'analyzing', percent: 40, message: 'd' });
    assert.partialDeepStrictEqual((await read()).progress, { message: 'd', percent: 50 });
  });

  it('[A6] breaks a long silence with the newest standing and a fresh estimate', async (t) => {
    const { clock, side, jobId, held, read } = await heldAttempt(t);
    await held.attempt.report(reading);
    await side.told('jobs.progressed', jobId);
    for (let silence = 0; silence < 3; silence++) {
      await clock.sleeping((ms) => ms === testSettings.reportEveryMs);
      clock.step(testSettings.reportEveryMs);
      await side.told('jobs.progressed', jobId);
    }
    assert.equal((await read()).progress.message, 'reading');
  });

  it('[A6] counts a silence from the last record on, not from its own last look', async (t) => {
    const { clock, side, jobId, held } = await heldAttempt(t);
    await held.attempt.report(reading);
    await side.told('jobs.progressed', jobId);
    await clock.sleeping((ms) => ms === testSettings.reportEveryMs);
    clock.step(3_000);
    await held.attempt.report({ ...reading, message: 'reading on' });
    await side.told('jobs.progressed', jobId);
    clock.step(2_000);
    await clock.sleeping((ms) => ms === 3_000);
    clock.step(3_000);
    await side.told('jobs.progressed', jobId);
  });

  it('[X4] gives an attempt all finished steps of the earlier one, beyond one page', async (t) => {
    const { clock, side, work, held } = await heldAttempt(t);
    for (let n = 1; n <= 450; n++)
      await held.attempt.finishStep({ ...turn, data: String(n) }, reading, () => '');
    await side.store.takeBackExpired(held.attempt.job.project, clock.now() + 60_000, 3);
    const again = await work.started.next();
    const steps = await again.attempt.finishedSteps();
    assert.deepEqual(
      steps.map(({ data }) => Number(data)),
      Array.from({ length: 450 }, (_, index) => index + 1),
    );
    again.finish();
  });
});
