import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../../platform/database/testing.ts';
import type { Call } from '../../../kernel/index.ts';
import { steppedClock, type SteppedClock } from '../../models/testing.ts';
import { jobState } from '../contract/index.ts';
import { insertJob, leaseOf, runningJob } from '../testing.ts';
import { openJobDeps } from './job-deps-fixture.ts';

const searching = { phase: 'searching', percent: 30, message: 'reading a.ts', etaMs: 12_400 } as const;
const failure = { code: 'work.turn_limit', message: 'too many turns', remedy: 'narrow the task' };

type Progress = NonNullable<Call['progress']>;

/** Calls with a clock that goes on in half seconds until the answer has come; what was told meanwhile, and when. */
async function toldWhileStepping<T>(clock: SteppedClock, ask: (progress: Progress) => Promise<T>) {
  const told: { atMs: number; message: string }[] = [];
  let answered = false;
  const asked = ask(({ message }) => told.push({ atMs: clock.monotonicMs(), message })).finally(
    () => (answered = true),
  );
  for (;;) {
    await Promise.race([clock.sleeping(() => true), asked]);
    if (answered) return { told, answer: await asked };
    clock.step(500);
  }
}

describe('jobs.check', () => {
  it('[A3] tells of a waiting job what it waits for and its place in the queue', async (t) => {
    const { side, call } = await openJobDeps(t);
    await insertJob(side.store, { priority: 'high' });
    const jobId = await insertJob(side.store, { chain: 'abc', model: 'openai/gpt' });
    const state = await call().check({ job_id: jobId });
    assert.partialDeepStrictEqual(state, { status: 'pending', queue_position: 2 });
    assert.match(state.message!, /Number 2 in the queue\. Needs a worker with the model openai\/gpt/);
  });

  it('[A3] tells of a running job phase, percent, message, eta, tool calls and elapsed time', async (t) => {
    const clock = steppedClock({ startMs: Date.now() });
    const { side, call } = await openJobDeps(t, { clock });
    const job = await runningJob(side.store);
    await side.store.recordProgress(leaseOf(job), searching, 1);
    clock.step(job.startedAt! + 5_000 - clock.now());
    const state = await call().check({ job_id: job.id.slice(-12) });
    assert.deepEqual(state.progress, {
      phase: 'searching',
      percent_complete: 30,
      message: 'reading a.ts',
      eta_seconds: 12,
      tool_calls_completed: 0,
    });
    assert.equal(state.elapsed_seconds, 5);
    jobState.parse(state);
  });

  it('[A3] tells of complete, failed and cancelled jobs what each left, for good', async (t) => {
    const clock = steppedClock();
    const { side, call } = await openJobDeps(t, { clock });
    const [complete, failed, cancelled] = [
      await runningJob(side.store),
      await runningJob(side.store),
      await runningJob(side.store),
    ];
    const at = complete.startedAt! + 7_000;
    await side.store.complete(leaseOf(complete), { text: '# Review', data: null, model: 'fake' }, at);
    await side.store.fail(leaseOf(failed), failure, failed.startedAt! + 3_000, { partialResult: 'half' });
    await side.store.recordProgress(leaseOf(cancelled), searching, 1, { partialResult: 'a third' });
    await side.store.cancel(cancelled.id, cancelled.startedAt! + 2_000);
    clock.step(86_400_000);
    assert.partialDeepStrictEqual(await call().check({ job_id: complete.id }), {
      status: 'complete',
      result: '# Review',
      duration_seconds: 7,
      tool_calls_made: 0,
      tokens_used: { input: 0, output: 0 },
      model: 'fake',
    });
    assert.partialDeepStrictEqual(await call().check({ job_id: failed.id }), {
      status: 'failed',
      error: failure,
      partial_result: 'half',
      elapsed_seconds: 3,
    });
    assert.partialDeepStrictEqual(await call().check({ job_id: cancelled.id }), {
      status: 'cancelled',
      partial_result: 'a third',
      elapsed_seconds: 2,
    });
  });

  it('[A3] says of an unknown id that there is no such job, also of one in another project', async (t) => {
    const { side, call } = await openJobDeps(t);
    const foreign = await insertJob(side.store, { project: '/projects/other' });
    for (const job_id of ['ffffffff', '00000000-0000-7000-8000-000000000000', foreign, foreign.slice(-8)]) {
      await assert.rejects(call().check({ job_id }), { code: 'jobs.not_found' });
    }
    for (const job_id of ['abc', 'zzz', 'nope', 'f'.repeat(40)])
      await assert.rejects(call().check({ job_id }), {
        code: 'jobs.not_found',
        message: /: an id has 36 characters .* the last 4 or more are enough\.$/,
      });
  });

  it('[A3] with wait_seconds tells progress on the way, and answers a new phase only after ten seconds', async (t) => {
    const clock = steppedClock();
    const { side, call } = await openJobDeps(t, { clock });
    const job = await runningJob(side.store, {}, clock.now());
    await side.store.recordProgress(leaseOf(job), searching, 1);
    const told: string[] = [];
    let answered = false;
    const waiting = call({ progress: ({ percent, message }) => told.push(`${percent} ${message}`) })
      .check({ job_id: job.id, wait_seconds: 50 })
      .finally(() => (answered = true));
    await clock.sleeping(() => true);
    await side.store.recordProgress(leaseOf(job), { ...searching, phase: 'analyzing', percent: 50 }, 3);
    while (!answered) {
      await Promise.race([clock.sleeping(() => true), waiting]);
      if (clock.monotonicMs() < 10_000) assert.equal(answered, false);
      await side.store.recordProgress(leaseOf(job), { ...searching, phase: 'analyzing', percent: 51 }, 4);
      clock.step(2_000);
    }
    assert.equal((await waiting).progress!.phase, 'analyzing');
    assert.ok(told.some((line) => /^50 analyzing: reading a\.ts \(\d+ s, about 12 s left\)$/.test(line)));
  });

  it('[A3] with wait_seconds tells of a job that stands still at least every five seconds, and how long it has run', async (t) => {
    const clock = steppedClock({ startMs: Date.now() });
    const { side, call } = await openJobDeps(t, { clock });
    const job = await runningJob(side.store, {}, clock.now());
    await side.store.recordProgress(leaseOf(job), searching, 1);
    const { told, answer } = await toldWhileStepping(clock, (progress) =>
      call({ progress }).check({ job_id: job.id, wait_seconds: 50 }),
    );
    assert.equal(answer.status, 'running');
    const times = [0, ...told.map(({ atMs }) => atMs), 50_000];
    for (const [n, at] of times.slice(1).entries())
      assert.ok(at - times[n]! <= 5_000, `silent from ${times[n]} to ${at} ms`);
    const seconds = told.map(({ message }) => Number(/\((\d+) s/.exec(message)![1]));
    for (const [n, one] of seconds.slice(1).entries())
      assert.ok(one > seconds[n]!, `${one} after ${seconds[n]}`);
    assert.match(told[0]!.message, /^searching: reading a\.ts \(\d+ s, about 12 s left\)$/);
    assert.match(told.at(-1)!.message, /; its worker was last heard \d+ s ago\)$/);
  });

  it('[A3] with wait_seconds tells of a waiting job how long it has waited', async (t) => {
    const clock = steppedClock({ startMs: Date.now() });
    const { side, call } = await openJobDeps(t, { clock });
    const job_id = await insertJob(side.store, { createdAt: clock.now() });
    const { told } = await toldWhileStepping(clock, (progress) =>
      call({ progress }).check({ job_id, wait_seconds: 10 }),
    );
    assert.deepEqual(
      told.map(({ message }) => message),
      ['Waiting for a free worker. So far 4 s.', 'Waiting for a free worker. So far 8 s.'],
    );
  });

  it('[A3] with wait_seconds answers when another process ends the job', async (t) => {
    const folder = await temporaryFolder(t);
    const [here, there] = [await openJobDeps(t, { folder }), await openJobDeps(t, { folder })];
    const job = await runningJob(here.side.store);
    const waiting = here.call().check({ job_id: job.id, wait_seconds: 50 });
    await there.side.store.cancel(job.id, Date.now());
    assert.equal((await waiting).status, 'cancelled');
  });

  it('[A3] with wait_seconds answers when the time is over, and when the caller leaves', async (t) => {
    const clock = steppedClock();
    const { side, call } = await openJobDeps(t, { clock });
    const job = await runningJob(side.store);
    let answered = false;
    const waiting = call()
      .check({ job_id: job.id, wait_seconds: 1 })
      .finally(() => (answered = true));
    while (!answered) {
      await Promise.race([clock.sleeping(() => true), waiting]);
      if (clock.monotonicMs() < 1_000) assert.equal(answered, false);
      clock.step(250);
    }
    assert.equal((await waiting).status, 'running');

    const caller = new AbortController();
    const left = call({ signal: caller.signal }).check({ job_id: job.id, wait_seconds: 50 });
    caller.abort();
    assert.equal((await left).status, 'running');
  });

  it('answers at once for an ended job, whatever the wait', async (t) => {
    const { side, call } = await openJobDeps(t, { clock: steppedClock() });
    const job = await runningJob(side.store);
    await side.store.cancel(job.id, 1);
    const state = await call().check({ job_id: job.id, wait_seconds: 50 });
    assert.equal(state.elapsed_seconds, 0, 'never negative, also when the clock was set back');
    await assert.rejects(call().check({ job_id: job.id, wait_seconds: 51 }), { code: 'input.invalid' });
  });
});
