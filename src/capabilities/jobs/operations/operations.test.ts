import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AppError } from '../../../kernel/index.ts';
import { createJob } from '../create-job.ts';
import { insertJob, leaseOf, runningJob } from '../testing.ts';
import { openJobDeps } from './job-deps-fixture.ts';

const progress = { phase: 'searching', percent: 30, message: 'reading', etaMs: null } as const;
const figures = { tokensInput: 10, tokensOutput: 5, costUsd: 0.5 };
const turn = {
  kind: 'turn',
  name: 'm',
  summary: 'asked',
  phase: 'searching',
  data: '{}',
  ...figures,
} as const;
const failure = { code: 'test.failed', message: 'it failed', remedy: 'fix it' };
const request = {
  persona: 'security',
  personaHash: 'hash',
  task: 'review src',
  context: null,
  priority: 'normal',
  caller: 'test',
  offlineOnly: false,
} as const;

describe('creating a job', () => {
  it('[A24] counts the context in bytes, and refuses a larger one with both figures', async (t) => {
    const { deps } = await openJobDeps(t, { maxContextBytes: 10 });
    await createJob(deps, { ...request, context: 'ääääa'.slice(0, 5) });
    await assert.rejects(createJob(deps, { ...request, context: 'äääääb' }), {
      code: 'jobs.context_too_large',
      details: { sizeBytes: 11, limitBytes: 10 },
    });
    assert.equal(await deps.jobs.store.count({ project: deps.jobs.project }), 1);
  });

  it('refuses a task or context with NUL bytes before anything else about its size', async (t) => {
    const { deps } = await openJobDeps(t, { maxContextBytes: 10 });
    for (const part of ['task', 'context'] as const)
      await assert.rejects(createJob(deps, { ...request, [part]: `${'x'.repeat(20)}\0` }), {
        code: 'jobs.not_text',
        details: { part },
      });
    assert.equal(await deps.jobs.store.count({ project: deps.jobs.project }), 0);
  });

  it('[A9] masks secrets in task and context before they are stored, and gives them as stored', async (t) => {
    const { deps, call } = await openJobDeps(t);
    const task = 'review src; to sign in: SMTP_PASS=correct-horse-battery';
    const context = '# .env\nDB_PASSWORD=Winter2024!\nPORT=8080\n';
    const { jobId, ...stored } = await createJob(deps, { ...request, task, context });
    for (const text of [stored.task, stored.context!]) assert.match(text, /\[redacted: [\w-]+\]/);
    const job = await deps.jobs.store.get(jobId);
    assert.equal(job?.task, 'review src; to sign in: SMTP_PASS=[redacted: credential]');
    assert.equal(job.context, '# .env\nDB_PASSWORD=[redacted: credential]\nPORT=8080\n');
    const shown = JSON.stringify([await call().list(), await deps.jobs.store.get(jobId)]);
    assert.doesNotMatch(shown, /correct-horse|Winter2024/);
    assert.equal((await createJob(deps, request)).task, request.task);
  });

  it('refuses an empty task', async (t) => {
    const { deps } = await openJobDeps(t);
    await assert.rejects(createJob(deps, { ...request, task: ' \n\t ' }), { code: 'jobs.empty_task' });
  });

  it('[A1] estimates by the history of the persona, else by the context', async (t) => {
    const { deps, side } = await openJobDeps(t);
    const { estimateMs: short } = await createJob(deps, request);
    const { estimateMs: long } = await createJob(deps, { ...request, context: 'x'.repeat(50_000) });
    assert.ok(long > short);
    for (const seconds of [80, 90, 100]) {
      const job = await runningJob(side.store, { priority: 'high' });
      const result = { text: 'r', data: null, model: 'm' };
      await side.store.complete(leaseOf(job), result, job.startedAt! + seconds * 1_000);
    }
    assert.equal((await createJob(deps, request)).estimateMs, 90_000);
  });

  it('[A7] estimates what a model takes by what that model took, not by the offline reviewer', async (t) => {
    const creator = { chain: 'mine', model: 'openai/gpt', offlineModel: 'offline reviewer' };
    const { deps, side } = await openJobDeps(t, { creator });
    const { estimateMs: unknown } = await createJob(deps, request);
    const took = async (chain: string, seconds: number) => {
      const job = await runningJob(side.store, { chain, priority: 'high' });
      const result = { text: 'r', data: null, model: 'm' };
      await side.store.complete(leaseOf(job), result, job.startedAt! + seconds * 1_000);
    };
    for (const seconds of [2, 3, 4, 5]) await took('', seconds);
    assert.equal((await createJob(deps, request)).estimateMs, unknown);
    await took('mine', 40);
    assert.equal((await createJob(deps, request)).estimateMs, 40_000);
    assert.equal((await createJob(deps, { ...request, offlineOnly: true })).estimateMs, 3_500);
  });

  it('[A2] of an untrusted persona goes to the offline reviewer', async (t) => {
    const creator = { chain: 'mine', model: 'openai/gpt', offlineModel: 'offline reviewer' };
    const { deps } = await openJobDeps(t, { creator });
    const { jobId } = await createJob(deps, { ...request, offlineOnly: true });
    assert.partialDeepStrictEqual(await deps.jobs.store.get(jobId), { chain: '', model: 'offline reviewer' });
  });
});

describe('jobs.list', () => {
  it('[A4] pages to the end without an empty page, with both counts, and cuts long tasks', async (t) => {
    const { side, call } = await openJobDeps(t);
    for (let n = 0; n < 6; n++)
      await insertJob(side.store, { persona: n < 4 ? 'qa' : 'sre', task: 'x'.repeat(500) });
    const first = await call().list({ persona: 'qa', limit: 2 });
    assert.partialDeepStrictEqual(first, { total_count: 6, filtered_count: 4 });
    const second = await call().list({ persona: 'qa', limit: 2, before: first.next_before! });
    assert.equal(second.next_before, null);
    assert.equal(new Set([...first.jobs, ...second.jobs].map((job) => job.job_id)).size, 4);
    assert.equal(first.jobs[0]!.task.length, 120);
    assert.deepEqual((await call().list({ status: 'failed' })).jobs, []);
    await assert.rejects(call().list({ status: 'done' }), { code: 'input.invalid' });
  });

  it('goes on behind a job named by the end of its id, as everywhere, and refuses one that is not there', async (t) => {
    const { side, call } = await openJobDeps(t);
    for (let n = 0; n < 3; n++) await insertJob(side.store, { persona: 'qa' });
    const idsOf = async (input: object) => (await call().list(input)).jobs.map(({ job_id: id }) => id);
    const [newest, ...older] = await idsOf({});
    assert.deepEqual(await idsOf({ before: newest!.slice(-12) }), older);
    assert.deepEqual(await idsOf({ before: newest!.toUpperCase() }), older);
    for (const before of ['zzzz', 'ffffffff', newest!.replace(/.$/, (end) => (end === '0' ? '1' : '0'))])
      await assert.rejects(call().list({ before }), { code: 'jobs.not_found' }, before);
    const outside = await insertJob(side.store, { project: 'another', persona: 'qa' });
    await assert.rejects(call().list({ before: outside }), { code: 'jobs.not_found' });
  });

  it('refuses a persona nobody knows with the nearest names, and lists the jobs of one deleted since', async (t) => {
    const { side, call } = await openJobDeps(t);
    for (const persona of ['qa', 'payments']) await insertJob(side.store, { persona });
    await assert.rejects(call().list({ persona: 'securty' }), (error: AppError) => {
      assert.equal(error.code, 'personas.unknown');
      assert.match(error.line, /there is no persona "securty".*Did you mean security\?/);
      return true;
    });
    const counts = async (input: object) => (await call().list(input)).filtered_count;
    assert.equal(await counts({ persona: 'payments' }), 1);
    assert.equal(await counts({ persona: 'payments', status: 'failed' }), 0);
    assert.equal(await counts({ persona: 'security' }), 0);
    for (const persona of ['@qa', 'QA', 'QA Engineer']) assert.equal(await counts({ persona }), 1);
  });
});

describe('jobs.cancel', () => {
  it('[A4] cancels waiting and running jobs, says of ended ones that they had ended, and refuses unknown ones', async (t) => {
    const { side, call } = await openJobDeps(t);
    const waiting = await insertJob(side.store);
    assert.partialDeepStrictEqual(await call().cancel(waiting), {
      status: 'cancelled',
      partial_result: null,
      message: 'Job cancelled before it started.',
    });
    const handedBack = await runningJob(side.store);
    await side.store.release(leaseOf(handedBack), 1);
    assert.partialDeepStrictEqual(await call().cancel(handedBack.id), {
      status: 'cancelled',
      message: 'Job cancelled while it waited to be taken up again.',
    });
    const running = await runningJob(side.store);
    await side.store.recordProgress(leaseOf(running), progress, 1, { partialResult: 'so far' });
    assert.partialDeepStrictEqual(await call().cancel(running.id), {
      status: 'cancelled',
      partial_result: 'so far',
    });
    const done = await runningJob(side.store);
    await side.store.complete(leaseOf(done), { text: 'r', data: null, model: 'm' }, 1);
    assert.partialDeepStrictEqual(await call().cancel(done.id), {
      status: 'already_finished',
      job_status: 'complete',
    });
    assert.equal((await call().cancel(waiting)).status, 'already_finished');
    await assert.rejects(call().cancel('eeeeeeee'), { code: 'jobs.not_found' });
  });
});

describe('jobs.retry', () => {
  it('[A24] makes a new job behind the finished steps; the old one stays as it ended', async (t) => {
    const creator = { chain: 'mine', model: 'openai/gpt', offlineModel: 'offline reviewer' };
    const { side, call } = await openJobDeps(t, { creator });
    const old = await runningJob(side.store, {
      chain: 'theirs',
      context: 'diff',
      priority: 'low',
      revises: 'proposal-1',
    });
    await side.store.appendStep(leaseOf(old), turn, progress, 1);
    await side.store.fail(leaseOf(old), failure, 2);
    const before = await side.store.get(old.id);
    const answer = await call({ caller: 'somebody' }).retry(old.id);
    assert.partialDeepStrictEqual(answer, { status: 'started', retry_of: old.id, steps_reused: 1 });
    assert.partialDeepStrictEqual(await side.store.get(answer.new_job_id), {
      status: 'pending',
      context: 'diff',
      priority: 'low',
      chain: 'mine',
      caller: 'somebody',
      revises: 'proposal-1',
    });
    assert.deepEqual(await side.store.get(old.id), before);
  });

  it('[A24] keeps offline what ran offline: its persona may be one that no model may read', async (t) => {
    const creator = { chain: 'mine', model: 'openai/gpt', offlineModel: 'offline reviewer' };
    const { side, call } = await openJobDeps(t, { creator });
    const old = await runningJob(side.store, { chain: '' });
    await side.store.cancel(old.id, 1);
    const { new_job_id: retried } = await call().retry(old.id);
    assert.partialDeepStrictEqual(await side.store.get(retried), { chain: '', model: 'offline reviewer' });
  });

  it('[A24] refuses waiting, running and complete jobs, each with what to do instead', async (t) => {
    const { side, call } = await openJobDeps(t);
    const done = await runningJob(side.store);
    await side.store.complete(leaseOf(done), { text: 'r', data: null, model: 'm' }, 1);
    const refused = [await insertJob(side.store), (await runningJob(side.store)).id, done.id];
    for (const jobId of refused) {
      await assert.rejects(call().retry(jobId), { code: 'jobs.not_retryable' });
    }
    assert.equal((await call().list()).total_count, refused.length);
  });
});

describe('jobs.steps', () => {
  it('shows turns and tool calls in order, page by page', async (t) => {
    const { side, call } = await openJobDeps(t);
    const job = await runningJob(side.store);
    for (let n = 0; n < 4; n++) await side.store.appendStep(leaseOf(job), turn, progress, 1);
    const first = await call().steps({ job_id: job.id, limit: 2 });
    const second = await call().steps({ job_id: job.id, limit: 2, after: first.next_after! });
    assert.deepEqual(
      [...first.steps, ...second.steps].map((step) => step.number),
      [1, 2, 3, 4],
    );
    assert.equal(second.next_after, null);
  });
});

describe('jobs.reset and jobs.stats', () => {
  it('[A4] reset refuses without confirm, deletes ended jobs, and keeps waiting and running ones', async (t) => {
    const { side, call } = await openJobDeps(t);
    const kept = [await insertJob(side.store, { createdAt: 1 }), (await runningJob(side.store)).id];
    const ended = await runningJob(side.store);
    await side.store.cancel(ended.id, 1);
    for (const input of [{}, { confirm: false }]) {
      await assert.rejects(call().reset(input), {
        code: 'jobs.confirmation_required',
        details: { endedJobs: 1 },
      });
    }
    await assert.rejects(call().reset({ confirm: 'yes' }), { code: 'input.invalid' });
    assert.equal((await call().list()).total_count, 3);
    assert.partialDeepStrictEqual(await call().reset({ confirm: true }), {
      status: 'reset',
      jobs_deleted: 1,
      jobs_kept: 2,
    });
    const left = (await call().list()).jobs.map((job) => job.job_id);
    assert.deepEqual(left.toSorted(), kept.toSorted());
  });

  it('[A4] [A18] stats tell size, counts, the oldest job, both clean-ups and the recommendation', async (t) => {
    const { side, deps, call } = await openJobDeps(t);
    const empty = await call().stats();
    assert.partialDeepStrictEqual(empty, { total_jobs: 0, oldest_job_days: 0, last_cleanup: null });
    await insertJob(side.store, { createdAt: Date.now() - 3 * 86_400_000 });
    await deps.jobs.retention.runIfDue();
    const before = new Date().toISOString();
    const stats = await call().stats();
    assert.partialDeepStrictEqual(stats, {
      total_jobs: 1,
      jobs_by_status: { pending: 1, running: 0, complete: 0, failed: 0, cancelled: 0 },
      oldest_job_days: 3,
      cleanup_recommendation: 'healthy',
      retention_days: { complete: 7, failed: 30, cancelled: 7 },
    });
    assert.ok(stats.database_size_mb > 0);
    assert.ok(stats.last_cleanup! <= new Date().toISOString());
    assert.ok(stats.next_cleanup > before);
  });
});
