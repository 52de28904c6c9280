import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../../../platform/database/testing.ts';
import { steppedClock } from '../../models/testing.ts';
import { createJob } from '../create-job.ts';
import { openJobDeps } from '../operations/job-deps-fixture.ts';
import { insertJob, leaseOf, runningJob } from '../testing.ts';
import { lastDueAt, nextDueAt } from './schedule.ts';

const dayMs = 86_400_000;

describe('the schedule', () => {
  it('[A18] is due once a day at the hour on the clock of the place, also where clocks change', () => {
    const zone = process.env['TZ'];
    try {
      for (const place of ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']) {
        process.env['TZ'] = place;
        fc.assert(
          fc.property(
            fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
            fc.integer({ min: 0, max: 23 }),
            (now, hour) => {
              const [last, next] = [lastDueAt(now, hour), nextDueAt(now, hour)];
              assert.ok(last <= now && now < next);
              assert.equal(lastDueAt(next, hour), next);
              assert.equal(nextDueAt(last, hour), next);
              assert.ok(next - last >= 22 * 3_600_000 && next - last <= 26 * 3_600_000);
              // A missing hour makes it later on that day alone.
              assert.ok([hour, hour + 1].includes(new Date(last).getHours()));
            },
          ),
        );
      }
      process.env['TZ'] = 'Europe/Berlin';
      const beforeTheGap = Date.UTC(2026, 2, 29, 0, 30);
      assert.equal(new Date(lastDueAt(beforeTheGap, 2)).getHours(), 2);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});

describe('retention', () => {
  it('[A18] deletes ended jobs by the days of their state, and nothing that waits or runs', async (t) => {
    const clock = steppedClock();
    const { side, deps } = await openJobDeps(t, { clock });
    const old = { createdAt: clock.now() - 400 * dayMs };
    const kept = [await insertJob(side.store, old), (await runningJob(side.store, old)).id];
    for (const [days, stays] of [
      [8, false],
      [6, true],
    ] as const) {
      const job = await runningJob(side.store, { ...old, priority: 'high' });
      await side.store.complete(
        leaseOf(job),
        { text: 'r', data: null, model: 'm' },
        clock.now() - days * dayMs,
      );
      if (stays) kept.push(job.id);
    }
    const failed = await runningJob(side.store, { ...old, priority: 'high' });
    const failure = { code: 'c', message: 'm', remedy: 'r' };
    await side.store.fail(leaseOf(failed), failure, clock.now() - 29 * dayMs);
    kept.push(failed.id);
    assert.equal((await deps.jobs.retention.runIfDue())!.jobsDeleted, 1);
    const left = await side.store.list({ project: deps.jobs.project }, { limit: 10 });
    assert.deepEqual(left.map(({ id }) => id).toSorted(), kept.toSorted());
  });

  it('[A18] runs once a day among all processes, and catches up after the hour was missed', async (t) => {
    const folder = await temporaryFolder(t);
    const clock = steppedClock();
    const opened = await Promise.all([1, 2, 3].map(() => openJobDeps(t, { folder, clock })));
    const ran = async () => {
      const reports = await Promise.all(opened.map(({ deps }) => deps.jobs.retention.runIfDue()));
      return reports.filter((report) => report !== undefined).length;
    };
    assert.equal(await ran(), 1);
    assert.equal(await ran(), 0);
    clock.step(nextDueAt(clock.now(), 3) - clock.now());
    assert.equal(await ran(), 1);
    clock.step(10 * dayMs);
    assert.equal(await ran(), 1);
    assert.equal(await ran(), 0);
  });

  it('[A18] a clock that was far ahead for a while does not stop the clean-up for years', async (t) => {
    const clock = steppedClock();
    const { deps } = await openJobDeps(t, { clock });
    const now = clock.now.bind(clock);
    clock.now = () => now() + 4 * 365 * dayMs;
    assert.ok(await deps.jobs.retention.runIfDue());
    clock.now = now;
    assert.ok(await deps.jobs.retention.runIfDue());
    assert.equal(await deps.jobs.retention.runIfDue(), undefined);
  });

  it('[A18] the size valve cleans up by the shorter days at once, and not again within the hour', async (t) => {
    const clock = steppedClock();
    const { side, deps } = await openJobDeps(t, { clock, limits: { cleanupAtMb: 0 } });
    await deps.jobs.retention.runIfDue();
    const job = await runningJob(side.store);
    await side.store.complete(leaseOf(job), { text: 'r', data: null, model: 'm' }, clock.now() - 4 * dayMs);
    assert.equal((await deps.jobs.retention.runIfDue())!.jobsDeleted, 1);
    assert.equal(await deps.jobs.retention.runIfDue(), undefined);
    clock.step(3_600_001);
    assert.ok(await deps.jobs.retention.runIfDue());
  });

  it('[A24] refuses new jobs when the database is full, with size and limit, and takes them again after a reset', async (t) => {
    const clock = steppedClock();
    const { side, deps, call } = await openJobDeps(t, { clock, limits: { refuseAtMb: 1 } });
    const request = {
      persona: 'qa',
      personaHash: 'h',
      task: 'review src',
      context: null,
      priority: 'normal',
      caller: 'test',
      offlineOnly: true,
    } as const;
    const job = await runningJob(side.store);
    const text = 'x'.repeat(2_000_000);
    await side.store.complete(leaseOf(job), { text, data: null, model: 'm' }, clock.now());
    await assert.rejects(createJob(deps, request), { code: 'jobs.database_full' });
    const failed = await runningJob(side.store);
    await side.store.cancel(failed.id, clock.now());
    await assert.rejects(call().retry(failed.id), { code: 'jobs.database_full' });
    assert.ok((await call().reset({ confirm: true })).space_freed_mb >= 1);
    await createJob(deps, request);
  });
});
