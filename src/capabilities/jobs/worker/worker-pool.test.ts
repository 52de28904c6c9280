import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordedSignal } from '../../../../test/support/recorded-signal.ts';
import { temporaryFolder } from '../../../platform/database/testing.ts';
import { insertJob, testProject } from '../testing.ts';
import { AttemptStopped } from './run-attempt.ts';
import { heldWork, openSide } from './pool-fixture.ts';
import type { RunJob } from './attempt.ts';

const atOnce: RunJob = () => Promise.resolve({ text: 'the review', data: '{"a":1}', model: 'test' });

describe('a worker pool', () => {
  it('[A6] takes at once what is created in its own process', async (t) => {
    const side = await openSide(t);
    // No poll and no heartbeat comes to its help.
    side.startPool(atOnce, { settings: { pollMs: 3_600_000, heartbeatMs: 3_600_000 } });
    const jobId = await insertJob(side.store);
    await side.told('jobs.completed', jobId);
    assert.partialDeepStrictEqual(await side.store.get(jobId), {
      status: 'complete',
      result: 'the review',
      resultData: '{"a":1}',
      model: 'test',
      progress: { percent: 100 },
    });
  });

  it('[A6] takes what another process creates', async (t) => {
    const folder = await temporaryFolder(t);
    const here = await openSide(t, { folder });
    const there = await openSide(t, { folder });
    here.startPool(atOnce);
    const jobId = await insertJob(there.store);
    await here.told('jobs.completed', jobId);
    assert.equal((await there.store.get(jobId))!.status, 'complete');
  });

  it('[A5] several processes share a queue: every job is taken once', async (t) => {
    const folder = await temporaryFolder(t);
    const sides = await Promise.all([1, 2, 3].map(() => openSide(t, { folder })));
    const taken = recordedSignal<string>();
    const runJob: RunJob = async (attempt) => {
      taken.emit(attempt.job.id);
      return atOnce(attempt);
    };
    const ids: string[] = [];
    for (let n = 0; n < 30; n++) ids.push(await insertJob(sides[n % 3]!.store));
    for (const side of sides) side.startPool(runJob);
    const seen: string[] = [];
    while (seen.length < ids.length) seen.push(await taken.next());
    assert.deepEqual(seen.toSorted(), ids.toSorted());
    const extra = taken.next().then((id) => `taken twice: ${id}`);
    // Each is told by the process that ended it.
    const ended = ids.map((id) => Promise.race(sides.map((side) => side.told('jobs.completed', id))));
    const last = Promise.all(ended).then(() => 'all complete');
    assert.equal(await Promise.race([extra, last]), 'all complete');
    const jobs = await sides[0]!.store.list({ project: testProject }, { limit: 100 });
    const read = await Promise.all(jobs.map(({ id }) => sides[0]!.store.get(id)));
    assert.deepEqual(new Set(read.map((job) => job?.attempt)), new Set([1]));
  });

  it('[A6] runs no more at once than its workers, and the next when one ends', async (t) => {
    const side = await openSide(t);
    const work = heldWork();
    for (let n = 0; n < 3; n++) await insertJob(side.store);
    const pool = side.startPool(work.runJob, { settings: { workers: 2 } });
    const first = await work.started.next();
    await work.started.next();
    assert.equal(pool.running, 2);
    assert.equal(await side.store.count({ project: testProject, status: 'pending' }), 1);
    first.finish();
    await work.started.next();
    assert.equal(pool.running, 2);
  });

  it('[A6] runs no more in the project than the bound, over two processes', async (t) => {
    const folder = await temporaryFolder(t);
    const [here, there] = [await openSide(t, { folder }), await openSide(t, { folder })];
    const work = heldWork();
    for (let n = 0; n < 4; n++) await insertJob(here.store);
    const settings = { maxRunningPerProject: 2 };
    const pools = [here, there].map((side) => side.startPool(work.runJob, { settings }));
    for (let ended = 0; ended < 4; ended++) {
      const held = await work.started.next();
      assert.ok((await here.store.count({ project: testProject, status: 'running' })) <= 2);
      assert.ok(pools[0]!.running + pools[1]!.running <= 2);
      held.finish();
    }
  });

  it('takes only the job it was made for', async (t) => {
    const side = await openSide(t);
    const other = await insertJob(side.store, { priority: 'high' });
    const wanted = await insertJob(side.store);
    const pool = side.startPool(atOnce, { onlyJobId: wanted });
    await side.told('jobs.completed', wanted);
    await pool.stop();
    assert.equal((await side.store.get(other))!.status, 'pending');
  });

  it('leaves a job whose model it has no key for', async (t) => {
    const side = await openSide(t);
    const foreign = await insertJob(side.store, { chain: 'somebody else', priority: 'high' });
    const own = await insertJob(side.store);
    side.startPool(atOnce, { settings: { workers: 1 } });
    await side.told('jobs.completed', own);
    assert.equal((await side.store.get(foreign))!.status, 'pending');
  });

  it('[A4] cancelling in this process aborts the running work first, and its late result changes nothing', async (t) => {
    const side = await openSide(t);
    const work = heldWork();
    side.startPool(work.runJob);
    const jobId = await insertJob(side.store);
    const held = await work.started.next();
    await held.attempt.report(
      { phase: 'searching', percent: 20, message: 'reading' },
      { partialResult: () => 'one finding so far' },
    );
    await side.store.cancel(jobId, Date.now());
    assert.deepEqual(await held.aborted, new AttemptStopped('cancelled'));
    held.finish('too late');
    await assert.rejects(
      held.attempt.finishStep(
        { kind: 'turn', name: 'm', summary: 's', phase: 'searching', data: '{}', ...noFigures },
        { phase: 'searching', percent: 30, message: 'late' },
        () => 'late',
      ),
      AttemptStopped,
    );
    assert.partialDeepStrictEqual(await side.store.get(jobId), {
      status: 'cancelled',
      result: null,
      partialResult: 'one finding so far',
    });
  });

  it('[A4] cancelling from another process aborts the running work', async (t) => {
    const folder = await temporaryFolder(t);
    const [here, there] = [await openSide(t, { folder }), await openSide(t, { folder })];
    const work = heldWork();
    here.startPool(work.runJob);
    const jobId = await insertJob(here.store);
    const held = await work.started.next();
    await there.store.cancel(jobId, Date.now());
    assert.ok((await held.aborted) instanceof AttemptStopped);
    assert.equal((await here.store.get(jobId))!.status, 'cancelled');
  });

  it('[A4] a cancelled waiting job is never taken', async (t) => {
    const side = await openSide(t);
    const cancelled = await insertJob(side.store, { priority: 'high' });
    const other = await insertJob(side.store);
    await side.store.cancel(cancelled, Date.now());
    side.startPool(atOnce, { settings: { workers: 1 } });
    await side.told('jobs.completed', other);
    assert.partialDeepStrictEqual(await side.store.get(cancelled), { status: 'cancelled', attempt: 0 });
  });

  it('[A6] stop hands running jobs back, also one whose claim was under way, and another pool goes on', async (t) => {
    const side = await openSide(t);
    const work = heldWork();
    const running = await insertJob(side.store);
    const claimed = recordedSignal<undefined>();
    const go = recordedSignal<undefined>();
    let claims = 0;
    const slow = {
      ...side.store,
      async claimNext(request: Parameters<typeof side.store.claimNext>[0]) {
        const job = await side.store.claimNext(request);
        claims += 1;
        if (claims === 2) {
          claimed.emit(undefined);
          await go.next();
        }
        return job;
      },
    };
    const late = await insertJob(side.store);
    const pool = side.startPool(work.runJob, { store: slow });
    const held = await work.started.next();
    await claimed.next();
    const stopped = pool.stop();
    assert.deepEqual(await held.aborted, new AttemptStopped('shutdown'));
    go.emit(undefined);
    await stopped;
    for (const jobId of [running, late]) {
      assert.partialDeepStrictEqual(await side.store.get(jobId), {
        status: 'pending',
        crashes: 0,
        leaseOwner: null,
      });
    }
    side.startPool(atOnce);
    await side.told('jobs.completed', running);
    await side.told('jobs.completed', late);
    assert.partialDeepStrictEqual(await side.store.get(running), { status: 'complete', attempt: 2 });
  });

  it('stops when nothing runs, and again', async (t) => {
    const side = await openSide(t);
    const pool = side.startPool(atOnce);
    await pool.stop();
    await pool.stop();
    assert.equal(pool.running, 0);
  });
});

const noFigures = { tokensInput: 0, tokensOutput: 0, costUsd: 0 };
