import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAppError } from '../../../kernel/index.ts';
import { databaseErrors } from '../../../platform/database/index.ts';
import { temporaryFolder } from '../../../platform/database/testing.ts';
import { steppedClock } from '../../models/testing.ts';
import { insertJob, testProject } from '../testing.ts';
import { AttemptStopped } from './run-attempt.ts';
import { heldWork, nextBeat, openSide, testSettings } from './pool-fixture.ts';

describe('leases', () => {
  it('[A6] a heartbeat extends the lease of a long job, so nobody takes it', async (t) => {
    const clock = steppedClock();
    const side = await openSide(t);
    const work = heldWork();
    side.startPool(work.runJob, { clock });
    const jobId = await insertJob(side.store, { createdAt: clock.now() });
    const held = await work.started.next();
    for (let beats = 0; beats < 12; beats++) await nextBeat(clock);
    const job = (await side.store.get(jobId))!;
    assert.equal(job.leaseUntil, clock.now() + testSettings.leaseMs);
    assert.deepEqual(await side.store.takeBackExpired(testProject, clock.now(), 3), []);
    held.finish();
    await side.told('jobs.completed', jobId);
    assert.equal((await side.store.get(jobId))!.attempt, 1);
  });

  it("[A6] takes up a silent worker's job, and the old one's late writes change nothing", async (t) => {
    const folder = await temporaryFolder(t);
    const [crashed, living] = [await openSide(t, { folder }), await openSide(t, { folder })];
    const [frozen, clock] = [steppedClock(), steppedClock()];
    const [first, second] = [heldWork(), heldWork()];
    // Its clock stands still: it neither beats nor looks.
    crashed.startPool(first.runJob, { clock: frozen });
    const jobId = await insertJob(crashed.store, { createdAt: clock.now() });
    const old = await first.started.next();
    living.startPool(second.runJob, { clock });
    for (let beats = 0; beats < 4; beats++) await nextBeat(clock);
    const taken = await second.started.next();
    assert.partialDeepStrictEqual(taken.attempt.job, { id: jobId, attempt: 2, crashes: 1 });

    await assert.rejects(
      old.attempt.report({ phase: 'generating', percent: 90, message: 'late' }),
      (error: Error & { code?: string }) =>
        error.code === 'jobs.lease_lost' || error instanceof AttemptStopped,
    );
    old.finish('late result');
    taken.finish('the result');
    await living.told('jobs.completed', jobId);
    assert.partialDeepStrictEqual(await living.store.get(jobId), {
      status: 'complete',
      result: 'the result',
      attempt: 2,
    });
  });

  for (const [what, jumpMs] of [
    ['behind the sleep of a machine', 3_600_000],
    ['where the clock was set back', -7_200_000],
  ] as const) {
    it(`[A6] ${what} a job is left to its worker if that still beats, and taken up one beat later if not`, async (t) => {
      for (const lives of [true, false]) {
        const folder = await temporaryFolder(t);
        const [its, other] = [await openSide(t, { folder }), await openSide(t, { folder })];
        const [itsClock, otherClock] = [steppedClock(), steppedClock()];
        const [first, second] = [heldWork(), heldWork()];
        its.startPool(first.runJob, { clock: itsClock });
        other.startPool(second.runJob, { clock: otherClock });
        const jobId = await insertJob(its.store, { createdAt: itsClock.now() });
        const held = await first.started.next();
        for (const clock of [itsClock, otherClock]) {
          const now = clock.now.bind(clock);
          clock.now = () => now() + jumpMs;
        }
        await nextBeat(otherClock);
        if (lives) await nextBeat(itsClock);
        await nextBeat(otherClock);
        if (!lives) assert.equal((await second.started.next()).attempt.job.attempt, 2);
        else assert.partialDeepStrictEqual(await other.store.get(jobId), { status: 'running', attempt: 1 });
        held.finish();
        if (lives) await its.told('jobs.completed', jobId);
      }
    });
  }

  it('a worker that lost its job notices and stops the work', async (t) => {
    const clock = steppedClock();
    const side = await openSide(t);
    const work = heldWork();
    side.startPool(work.runJob, { clock, settings: { workers: 1 } });
    const jobId = await insertJob(side.store);
    const held = await work.started.next();
    assert.deepEqual(
      await side.store.takeBackExpired(testProject, clock.now() + testSettings.leaseMs + 1, 3),
      [jobId],
    );
    clock.step(testSettings.pollMs);
    assert.deepEqual(await held.aborted, new AttemptStopped('lease-lost'));
    // The same pool may take it again, and the end of the old attempt does not disturb the new one.
    const again = await work.started.next();
    assert.equal(again.attempt.job.attempt, 2);
    await nextBeat(clock);
    assert.equal((await side.store.get(jobId))!.leaseUntil, clock.now() + testSettings.leaseMs);
    again.finish();
    await side.told('jobs.completed', jobId);
  });

  it('goes on after a locked database, and tells of it', async (t) => {
    const clock = steppedClock();
    const side = await openSide(t);
    const work = heldWork();
    let locked = true;
    const store = {
      ...side.store,
      claimNext: (request: Parameters<typeof side.store.claimNext>[0]) =>
        locked
          ? Promise.reject(databaseErrors.make('database.busy', { database: 'troupe.db', waitedMs: 5_000 }))
          : side.store.claimNext(request),
    };
    const jobId = await insertJob(side.store);
    side.startPool(work.runJob, { clock, store });
    assert.ok(isAppError(await side.errors.next(), 'database.busy'));
    locked = false;
    await nextBeat(clock);
    (await work.started.next()).finish();
    await side.told('jobs.completed', jobId);
  });

  it('hands a job back whose work met a locked database, instead of failing it', async (t) => {
    const side = await openSide(t);
    const work = heldWork();
    side.startPool(work.runJob);
    const jobId = await insertJob(side.store);
    const held = await work.started.next();
    held.fail(databaseErrors.make('database.busy', { database: 'troupe.db', waitedMs: 5_000 }));
    const again = await work.started.next();
    assert.partialDeepStrictEqual(again.attempt.job, { id: jobId, attempt: 2, crashes: 0 });
    again.finish();
    await side.told('jobs.completed', jobId);
  });

  it('a clock that is set back leaves jobs claimable, leases sane and durations true', async (t) => {
    const clock = steppedClock();
    const side = await openSide(t);
    const work = heldWork();
    side.startPool(work.runJob, { clock });
    const jobId = await insertJob(side.store, { createdAt: clock.now() });
    const held = await work.started.next();
    // Only the wall clock goes back; the monotonic one never does.
    const setBackMs = 7_200_000;
    const now = clock.now.bind(clock);
    clock.now = () => now() - setBackMs;
    await nextBeat(clock);
    assert.equal((await side.store.get(jobId))!.leaseUntil, clock.now() + testSettings.leaseMs);
    const later = await insertJob(side.store, { createdAt: clock.now() });
    const next = await work.started.next();
    assert.equal(next.attempt.job.id, later);
    held.finish();
    await side.told('jobs.completed', jobId);
    assert.deepEqual(
      (await side.store.finished({ project: testProject, persona: 'security', chain: '' }, 10)).map(
        ({ durationMs }) => durationMs,
      ),
      [testSettings.heartbeatMs],
    );
  });
});
