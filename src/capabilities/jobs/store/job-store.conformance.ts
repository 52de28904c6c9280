import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { AppError, NewEvent } from '../../../kernel/index.ts';
import type { Database } from '../../../platform/database/index.ts';
import { createEventBus, firstPosition, readEvents } from '../../../platform/events/index.ts';
import { jobPriorities, jobStatuses, type JobStatus } from '../contract/index.ts';
import { claimRequest, insertJob, leaseOf, newJob, noLimits, runningJob, testProject } from '../testing.ts';
import { endedStatuses, jobMoves, type JobMove } from '../transitions.ts';
import { unpolledFields, type Job, type NewJob } from './job.ts';
import type { JobStore } from './job-store.ts';
import { sqlJobStore } from './sql-job-store.ts';

const progress = { phase: 'searching', percent: 30, message: 'reading', etaMs: null } as const;
const step = {
  kind: 'turn',
  name: 'model',
  summary: 'asked',
  phase: 'searching',
  data: '{}',
  tokensInput: 10,
  tokensOutput: 5,
  costUsd: 0.5,
} as const;
const failure = { code: 'test.failed', message: 'it failed', remedy: 'fix it' };
const result = { text: 'the review', data: '{"findings":[]}', model: 'fake' };

/** What every store of jobs must do, on every database. */
export function jobStoreConformance(name: string, openDatabase: (t: TestContext) => Promise<Database>): void {
  async function open(t: TestContext): Promise<{ store: JobStore; database: Database; heard: NewEvent[] }> {
    const database = await openDatabase(t);
    const bus = createEventBus((error) => assert.fail(String(error)));
    const heard: NewEvent[] = [];
    bus.subscribe((event) => heard.push(event));
    return { store: sqlJobStore(database, bus), database, heard };
  }

  describe(`JobStore on ${name}`, () => {
    it('[A5] keeps a job with everything that was given', async (t) => {
      const { store } = await open(t);
      // Nothing is null or what a column begins with, so that a field which is not stored reads back as another value.
      const given = {
        id: idAt(1_000),
        project: testProject,
        persona: 'qa',
        personaHash: 'a hash',
        task: 'review src',
        context: 'some context',
        priority: 'high',
        chain: 'chain-a',
        model: 'a model',
        caller: 'a caller',
        createdAt: 1_000,
        sizeBytes: 12,
        retryOf: 'job-1',
        revises: 'proposal-1',
      } as const satisfies { [F in keyof NewJob]: NonNullable<NewJob[F]> };
      await store.insert(given, noLimits);
      const job = await store.get(given.id);
      assert.partialDeepStrictEqual(job, {
        ...given,
        status: 'pending',
        attempt: 0,
        toolCalls: 0,
        result: null,
      });
    });

    it('reads the state of a job without what only the work needs', async (t) => {
      const { store } = await open(t);
      const job = await runningJob(store, { context: 'some context' });
      await store.complete(leaseOf(job), result, 2);
      const unread = new Set<string>(unpolledFields);
      const all = Object.entries((await store.get(job.id))!);
      const shown = Object.fromEntries(all.filter(([field]) => !unread.has(field)));
      assert.deepEqual(await store.getState(job.id), shown);
      assert.equal(await store.getState('unknown'), undefined);
    });

    it('gives a job to exactly one of ten claimants', async (t) => {
      const { store } = await open(t);
      for (let round = 0; round < 20; round++) {
        await insertJob(store);
        const claims = await Promise.all(
          Array.from({ length: 10 }, (_, n) => store.claimNext(claimRequest({ owner: `${round}-${n}` }))),
        );
        assert.equal(claims.filter((job) => job !== undefined).length, 1);
      }
    });

    it('[A6] takes by priority, then by age, and lets an old low one pass', async (t) => {
      const { store } = await open(t);
      const now = Date.now();
      const old = await insertJob(store, { priority: 'low', createdAt: now - 700_000 });
      const normal = await insertJob(store, { priority: 'normal', createdAt: now - 1_000 });
      const low = await insertJob(store, { priority: 'low', createdAt: now - 2_000 });
      const high = await insertJob(store, { priority: 'high', createdAt: now });
      const second = await insertJob(store, { priority: 'high', createdAt: now + 1 });
      assert.equal(await store.queuePosition((await store.get(normal))!), 4);
      const order = [];
      for (let job = await store.claimNext(claimRequest()); job; job = await store.claimNext(claimRequest()))
        order.push(job.id);
      assert.deepEqual(order, [old, high, second, normal, low]);
    });

    it('claims in the order that a sort by creation time less the head start gives', async (t) => {
      const headStart = { low: 0, normal: 300_000, high: 600_000 };
      const jobs = fc.array(
        fc.record({
          priority: fc.constantFrom(...jobPriorities),
          ageMs: fc.integer({ min: 0, max: 1_500_000 }),
        }),
        { minLength: 1, maxLength: 8 },
      );
      const { store } = await open(t);
      await fc.assert(
        fc.asyncProperty(jobs, async (given) => {
          const now = Date.now();
          const inserted = [];
          for (const { priority, ageMs } of given) {
            const createdAt = now - ageMs;
            inserted.push({
              id: await insertJob(store, { priority, createdAt }),
              order: createdAt - headStart[priority],
            });
          }
          const expected = inserted
            .toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
            .map(({ id }) => id);
          const claimed = [];
          for (
            let job = await store.claimNext(claimRequest());
            job;
            job = await store.claimNext(claimRequest())
          )
            claimed.push(job.id);
          assert.deepEqual(claimed, expected);
        }),
        { numRuns: 15 },
      );
    });

    it('leaves a job to workers that serve its model chain', async (t) => {
      const { store } = await open(t);
      const jobId = await insertJob(store, { chain: 'chain-a' });
      assert.equal(await store.claimNext(claimRequest({ chains: [''] })), undefined);
      assert.equal(await store.claimNext(claimRequest({ chains: ['chain-b', ''] })), undefined);
      assert.equal((await store.claimNext(claimRequest({ chains: ['chain-a'] })))?.id, jobId);
    });

    it('never runs more jobs of a project than the bound, however many claim at once', async (t) => {
      const { store } = await open(t);
      for (let n = 0; n < 12; n++) await insertJob(store);
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          store.claimNext(claimRequest({ owner: String(n), maxRunning: 4 })),
        ),
      );
      assert.equal(claims.filter((job) => job !== undefined).length, 4);
      assert.equal((await store.counts(testProject)).byStatus.running, 4);
    });

    it('keeps projects apart', async (t) => {
      const { store } = await open(t);
      const jobId = await insertJob(store, { project: '/projects/other' });
      assert.equal(await store.claimNext(claimRequest()), undefined);
      assert.equal(await store.count({ project: testProject }), 0);
      await assert.rejects(store.resolveId(testProject, jobId), { code: 'jobs.not_found' });
    });

    it('refuses more waiting jobs than the limit, with both figures, and stores nothing', async (t) => {
      const { store } = await open(t);
      const limits = { maxWaiting: 3, maxCreatedPerMinute: 0 };
      const given = Array.from({ length: 6 }, () => newJob());
      const outcomes = await Promise.allSettled(given.map((job) => store.insert(job, limits)));
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      assert.equal(refused.length, 3);
      const { code, details } = (refused[0] as { reason: AppError }).reason;
      assert.deepEqual(
        { code, details },
        { code: 'jobs.queue_full', details: { waiting: 3, running: 0, limit: 3 } },
      );
      assert.equal(await store.count({ project: testProject }), 3);
    });

    it('refuses a caller that creates too many a minute, says when it may again, and lets others in', async (t) => {
      const { store } = await open(t);
      const limits = { maxWaiting: 0, maxCreatedPerMinute: 2 };
      const now = Date.now();
      await store.insert(newJob({ createdAt: now - 20_000, id: idAt(now - 20_000) }), limits);
      await store.insert(newJob({ createdAt: now, id: idAt(now) }), limits);
      await assert.rejects(store.insert(newJob({ createdAt: now, id: idAt(now) }), limits), {
        code: 'jobs.rate_limited',
        retryAfterMs: 40_000,
      });
      await store.insert(newJob({ createdAt: now, id: idAt(now), caller: 'another' }), limits);
      await store.insert(newJob({ createdAt: now + 41_000, id: idAt(now + 41_000) }), limits);
    });

    for (const move of Object.keys(jobMoves) as JobMove[]) {
      for (const status of jobStatuses) {
        const legal = (jobMoves[move].from as readonly JobStatus[]).includes(status);
        it(`${legal ? 'allows' : 'refuses'} ${move} of a ${status} job`, async (t) => {
          const { store, heard } = await open(t);
          const job = await jobIn(store, status);
          heard.length = 0;
          const moving = makeMove(store, move, job);
          if (legal) {
            assert.equal(await moving, true);
            assert.equal((await store.get(job.id))!.status, jobMoves[move].to);
            assert.equal(heard.length, 1);
          } else {
            assert.equal(await moving, false);
            assert.deepEqual(await store.get(job.id), job, 'nothing has changed');
            assert.deepEqual(heard, []);
          }
        });
      }
    }

    it('lets only the newest attempt write: a worker that lost its lease changes nothing', async (t) => {
      const { store } = await open(t);
      const first = await runningJob(store);
      await store.takeBackExpired(testProject, Date.now() + 60_000, 3);
      const second = (await store.claimNext(claimRequest({ owner: 'worker-2' })))!;
      assert.equal(second.attempt, first.attempt + 1);
      const lost = { code: 'jobs.lease_lost' };
      await assert.rejects(store.extendLease(leaseOf(first), Date.now()), lost);
      await assert.rejects(store.recordProgress(leaseOf(first), progress, 1), lost);
      await assert.rejects(store.appendStep(leaseOf(first), step, progress, 1), lost);
      await assert.rejects(store.complete(leaseOf(first), result, 1), lost);
      await assert.rejects(store.fail(leaseOf(first), failure, 1), lost);
      await assert.rejects(store.release(leaseOf(first), 1), lost);
      assert.equal(await store.holds(leaseOf(first)), false);
      assert.equal(await store.holds(leaseOf(second)), true);
      assert.deepEqual(await store.get(first.id), second);
    });

    it('[A6] takes back jobs of a silent worker, and fails them after the third crash with the partial result', async (t) => {
      const { store } = await open(t);
      const job = await runningJob(store);
      await store.recordProgress(leaseOf(job), progress, 1, { partialResult: 'half a review' });
      for (let crash = 1; crash <= 3; crash++) {
        const current = (await store.get(job.id))!;
        assert.deepEqual(
          await store.takeBackExpired(testProject, current.leaseUntil! - 1, 3),
          [],
          'not before its time',
        );
        assert.deepEqual(await store.takeBackExpired(testProject, current.leaseUntil! + 1, 3), [job.id]);
        if (crash < 3) assert.ok(await store.claimNext(claimRequest()));
      }
      assert.partialDeepStrictEqual(await store.get(job.id), {
        status: 'failed',
        crashes: 3,
        partialResult: 'half a review',
        failure: { code: 'jobs.worker_crashed' },
      });
    });

    it('takes back a job whose lease was written before the clock was set back by a day', async (t) => {
      const { store } = await open(t);
      const job = await runningJob(store);
      const yesterday = Date.now() - 86_400_000;
      assert.deepEqual(await store.takeBackExpired(testProject, yesterday, 3), [job.id]);
      assert.equal((await store.get(job.id))!.status, 'pending');
    });

    it('does not count a job that was handed back as a crash', async (t) => {
      const { store } = await open(t);
      const job = await runningJob(store);
      await store.release(leaseOf(job), 1);
      assert.partialDeepStrictEqual(await store.get(job.id), {
        status: 'pending',
        crashes: 0,
        leaseOwner: null,
      });
    });

    it('[A5] counts a duration from the attempt that ended the job on, not from one that lay idle behind', async (t) => {
      const { store } = await open(t);
      const taken = (jobId: string, now: number) => store.claimNext(claimRequest({ jobId, now }));
      const [closed, crashed, waiting] = [
        await insertJob(store),
        await insertJob(store),
        await insertJob(store),
      ];
      for (const jobId of [closed, waiting])
        await store.release(leaseOf((await taken(jobId, 1_000))!), 2_000);
      await taken(crashed, 1_000);
      await store.takeBackExpired(testProject, 60_000, 3);
      for (const jobId of [closed, crashed, waiting]) assert.equal((await store.get(jobId))!.startedAt, null);
      for (const jobId of [closed, crashed]) {
        const again = (await taken(jobId, 500_000))!;
        assert.equal(again.startedAt, 500_000);
        await store.complete(leaseOf(again), result, 507_000);
        assert.partialDeepStrictEqual(await store.get(jobId), { startedAt: 500_000, endedAt: 507_000 });
      }
      assert.equal((await store.cancel(waiting, 500_000)).startedAt, null);
    });

    it('[A5] takes the start that its worker reckons where the clock was set', async (t) => {
      const { store } = await open(t);
      const [complete, failed] = [await runningJob(store), await runningJob(store)];
      await store.complete(leaseOf(complete), result, 90_000, { startedAt: 83_000 });
      await store.fail(leaseOf(failed), failure, 90_000, { partialResult: 'half', startedAt: 83_000 });
      for (const { id } of [complete, failed])
        assert.partialDeepStrictEqual(await store.get(id), { startedAt: 83_000, endedAt: 90_000 });
    });

    it('never lets progress go back, whatever is written', async (t) => {
      const { store } = await open(t);
      const job = await runningJob(store);
      let highest = 0;
      for (const percent of [10, 35, 30, 90, 80, 95]) {
        await store.recordProgress(leaseOf(job), { ...progress, percent }, 1);
        highest = Math.max(highest, percent);
        assert.equal((await store.get(job.id))!.progress.percent, highest);
      }
    });

    it('[X4] keeps each finished step in order and adds up its figures', async (t) => {
      const { store } = await open(t);
      const job = await runningJob(store);
      await store.appendStep(leaseOf(job), step, progress, 1);
      await store.appendStep(
        leaseOf(job),
        { ...step, kind: 'tool', tokensInput: 0, tokensOutput: 0, costUsd: 0 },
        progress,
        2,
      );
      await store.appendStep(
        leaseOf(job),
        step,
        { ...progress, percent: 60, phase: 'analyzing' },
        3,
        'so far',
      );
      assert.deepEqual(
        (await store.steps(job.id, { after: 0, limit: 10 })).map(({ number, kind }) => [number, kind]),
        [
          [1, 'turn'],
          [2, 'tool'],
          [3, 'turn'],
        ],
      );
      assert.deepEqual(
        (await store.steps(job.id, { after: 1, limit: 1 })).map(({ number }) => number),
        [2],
      );
      assert.partialDeepStrictEqual(await store.get(job.id), {
        toolCalls: 1,
        tokensInput: 20,
        tokensOutput: 10,
        costUsd: 1,
        partialResult: 'so far',
        progress: { phase: 'analyzing', percent: 60 },
      });
    });

    it('[X4] adds what an unfinished turn spent, also to a cancelled job, and not for an attempt that was followed', async (t) => {
      const { store } = await open(t);
      const job = await runningJob(store);
      const spent = { tokensInput: 700, tokensOutput: 30, costUsd: 0.25 };
      await store.appendStep(leaseOf(job), step, progress, 1);
      await store.addSpent(leaseOf(job), spent);
      await store.cancel(job.id, 2);
      await store.addSpent(leaseOf(job), spent);
      await store.addSpent({ ...leaseOf(job), attempt: job.attempt + 1 }, spent);
      assert.partialDeepStrictEqual(await store.get(job.id), {
        status: 'cancelled',
        tokensInput: step.tokensInput + 1_400,
        tokensOutput: step.tokensOutput + 60,
        costUsd: step.costUsd + 0.5,
      });
    });

    it('[A24] gives a retry the finished steps of the old job, which stays as it ended', async (t) => {
      const { store } = await open(t);
      const old = await runningJob(store);
      await store.appendStep(leaseOf(old), step, progress, 1);
      await store.fail(leaseOf(old), failure, 2);
      const before = await store.get(old.id);
      const retry = newJob({ retryOf: old.id });
      assert.equal(await store.insert(retry, noLimits, old.id), 1);
      assert.equal((await store.steps(retry.id, { after: 0, limit: 10 })).length, 1);
      assert.partialDeepStrictEqual(await store.get(retry.id), {
        status: 'pending',
        tokensInput: 0,
        retryOf: old.id,
      });
      assert.deepEqual(await store.get(old.id), before);
      const running = (await store.claimNext(claimRequest()))!;
      assert.equal(await store.appendStep(leaseOf(running), step, progress, 3), 2);
    });

    it('[A4] keeps the partial result of a cancelled job', async (t) => {
      const { store } = await open(t);
      const job = await runningJob(store);
      await store.recordProgress(leaseOf(job), progress, 1, { partialResult: 'two findings so far' });
      const cancelled = await store.cancel(job.id, 5);
      assert.partialDeepStrictEqual(cancelled, {
        status: 'cancelled',
        partialResult: 'two findings so far',
        endedAt: 5,
      });
    });

    it('stores each change and its event together, in order', async (t) => {
      const { store, database } = await open(t);
      const job = await runningJob(store);
      await store.recordProgress(leaseOf(job), progress, 1);
      await store.complete(leaseOf(job), result, 2);
      const events = await readEvents(database, { after: firstPosition, limit: 100, entityId: job.id });
      assert.deepEqual(
        events.map(({ name: event }) => event),
        ['jobs.created', 'jobs.claimed', 'jobs.progressed', 'jobs.completed'],
      );
      assert.deepEqual(await readEvents(database, { after: events.at(-1)!.position, limit: 10 }), []);
    });

    it('[A4] lists newest first, page by page, by status and by persona', async (t) => {
      const { store } = await open(t);
      const ids = [];
      for (let n = 0; n < 7; n++)
        ids.unshift(await insertJob(store, { persona: n % 2 === 0 ? 'qa' : 'sre' }));
      const filter = { project: testProject };
      const first = await store.list(filter, { limit: 4 });
      const second = await store.list(filter, { limit: 4, before: first.at(-1)!.id });
      assert.deepEqual(
        [...first, ...second].map(({ id }) => id),
        ids,
      );
      assert.equal(await store.count({ ...filter, persona: 'qa' }), 4);
      const all = await store.get(ids[0]!);
      const { id, persona, status, task, createdAt, startedAt, endedAt, leaseUntil } = all!;
      const line = { id, persona, status, task, createdAt, startedAt, endedAt, leaseUntil };
      assert.deepEqual(first[0], line, 'without context and result');
      assert.deepEqual((await store.list({ ...filter, persona }, { limit: 1 }))[0], line);
      assert.equal((await store.list({ ...filter, status: 'running' }, { limit: 4 })).length, 0);
    });

    it('finds a job by a unique ending of its id and refuses an ambiguous one', async (t) => {
      const { store } = await open(t);
      const a = await insertJob(store, { id: '01900000-0000-7000-8000-00000000abcd' });
      await insertJob(store, { id: '01900000-0000-7000-8000-00000001abcd' });
      assert.equal(await store.resolveId(testProject, '0000abcd'), a);
      await assert.rejects(store.resolveId(testProject, 'abcd'), { code: 'jobs.ambiguous_id' });
      await assert.rejects(store.resolveId(testProject, 'ffff'), { code: 'jobs.not_found' });
      await assert.rejects(store.resolveId(testProject, "' or 1=1"), { code: 'jobs.not_found' });
      await assert.rejects(store.resolveId(testProject, '%%%%'), { code: 'jobs.not_found' });
    });

    it('[A18] deletes ended jobs by the time they ended, with their steps, and never a waiting or running one', async (t) => {
      const { store, database } = await open(t);
      const kept = [(await jobIn(store, 'pending')).id, (await jobIn(store, 'running')).id];
      for (const status of endedStatuses) await jobIn(store, status);
      const all = {
        complete: Number.MAX_SAFE_INTEGER,
        failed: Number.MAX_SAFE_INTEGER,
        cancelled: Number.MAX_SAFE_INTEGER,
      };
      assert.equal(await store.countEnded(testProject, { complete: 0, failed: 0, cancelled: 0 }), 0);
      assert.equal(await store.countEnded(testProject, all), 3);
      const pace = { batch: 2, giveTurn: () => Promise.resolve() };
      assert.equal(await store.deleteEnded(testProject, all, pace), 3);
      assert.deepEqual(
        (await store.list({ project: testProject }, { limit: 10 })).map(({ id }) => id).toSorted(),
        kept.toSorted(),
      );
      const left = await database.all<{ job_id: string }>('SELECT job_id FROM job_steps');
      assert.deepEqual(
        left.map((row) => row.job_id),
        [kept[1]],
        'only the step of the running job is left',
      );
    });

    it('[A18] deletes many ended jobs in batches, lets others write in between, and ended in the middle leaves whole jobs', async (t) => {
      const { store, database } = await open(t);
      for (let n = 0; n < 7; n++) await jobIn(store, n % 2 === 0 ? 'complete' : 'failed');
      const all = {
        complete: Number.MAX_SAFE_INTEGER,
        failed: Number.MAX_SAFE_INTEGER,
        cancelled: Number.MAX_SAFE_INTEGER,
      };
      const left: number[] = [];
      const added: string[] = [];
      const pace = (turns: number) => ({
        batch: 2,
        async giveTurn() {
          left.push(await store.countEnded(testProject, all));
          if (left.length === turns) throw new Error('the process ends');
          added.push(await insertJob(store));
        },
      });
      await assert.rejects(store.deleteEnded(testProject, all, pace(2)), /the process ends/);
      assert.deepEqual(left, [5, 3], 'no more than a batch at a time');
      const stepsOf = async () =>
        (await database.all<{ job_id: string }>('SELECT DISTINCT job_id FROM job_steps')).length;
      assert.equal(await stepsOf(), 3, 'each job that is left has its steps, each that is gone has none');
      assert.equal(await store.deleteEnded(testProject, all, pace(-1)), 3);
      assert.deepEqual([await store.countEnded(testProject, all), await stepsOf()], [0, 0]);
      assert.equal(await store.count({ project: testProject, status: 'pending' }), added.length);
    });

    it('[A7] remembers how long finished jobs of a persona took, for each model chain and the offline reviewer apart', async (t) => {
      const { store } = await open(t);
      const took = async (chain: string, durationMs: number, sizeBytes: number) => {
        const job = await runningJob(store, { persona: 'qa', chain });
        await store.recordProgress(leaseOf(job), progress, 1, { sizeBytes });
        await store.complete(
          leaseOf(job),
          { ...result, model: 'the link that answered' },
          job.startedAt! + durationMs,
        );
      };
      for (const durationMs of [7_000, 8_000, 9_000]) await took('', durationMs, 4_000);
      await took('abc', 40_000, 5_000);
      await took('', 10_000, 6_000);
      const kind = { project: testProject, persona: 'qa', chain: '' };
      assert.deepEqual(await store.finished(kind, 2), [
        { durationMs: 10_000, sizeBytes: 6_000 },
        { durationMs: 9_000, sizeBytes: 4_000 },
      ]);
      assert.deepEqual(await store.finished({ ...kind, chain: 'abc' }, 10), [
        { durationMs: 40_000, sizeBytes: 5_000 },
      ]);
      for (const none of [{ chain: 'def' }, { persona: 'sre' }, { project: '/projects/other' }])
        assert.deepEqual(await store.finished({ ...kind, ...none }, 10), []);
    });
  });
}

/** An id that sorts as if made at that time. */
function idAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  const random = crypto.randomUUID().slice(15);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${random}`;
}

async function jobIn(store: JobStore, status: JobStatus): Promise<Job> {
  if (status === 'pending') return (await store.get(await insertJob(store)))!;
  const job = await runningJob(store);
  await store.appendStep(leaseOf(job), step, progress, 1);
  if (status === 'complete') await store.complete(leaseOf(job), result, 10);
  if (status === 'failed') await store.fail(leaseOf(job), failure, 10);
  if (status === 'cancelled') await store.cancel(job.id, 10);
  return (await store.get(job.id))!;
}

/** Tries a move; false when the store refused it with the error the table demands. */
async function makeMove(store: JobStore, move: JobMove, job: Job): Promise<boolean> {
  const lease = leaseOf(job);
  const moves: Record<JobMove, () => Promise<boolean>> = {
    claim: async () => (await store.claimNext(claimRequest({ jobId: job.id }))) !== undefined,
    complete: () => unlessIllegal(store.complete(lease, result, 20)),
    fail: () => unlessIllegal(store.fail(lease, failure, 20)),
    release: () => unlessIllegal(store.release(lease, 20)),
    reclaim: async () =>
      (await store.takeBackExpired(testProject, Number.MAX_SAFE_INTEGER, 3)).includes(job.id),
    cancel: () => unlessIllegal(store.cancel(job.id, 20)),
  };
  return moves[move]();
}

async function unlessIllegal(moving: Promise<unknown>): Promise<boolean> {
  try {
    await moving;
    return true;
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'jobs.illegal_move');
    return false;
  }
}
