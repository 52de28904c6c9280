import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { revisions } from '../support/mcp/desk-process.ts';
import { startModelServer } from '../support/model-servers/index.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { jobHistories } from '../support/troupe/stored-jobs.ts';
import { connectTroupe, type JobAnswer } from '../support/troupe/troupe-client.ts';

const corePersonas = ['architect', 'engineer', 'data', 'qa', 'security', 'sre', 'workflow_executor'];
const jobTools = [
  'check_persona_job',
  'list_persona_jobs',
  'cancel_persona_job',
  'retry_persona_job',
  'persona_database_stats',
  'reset_persona_jobs',
  'search_standards',
];

interface Cancelled {
  status: string;
  job_status: string;
  partial_result: string | null;
}

for (const revision of revisions) {
  describe(`an agent with a client of ${revision}, in a project outside the repository`, () => {
    it('[A1] [A3] [A4] asks, waits, reads and cleans up', async (t) => {
      const project = await exampleProject(t);
      const troupe = await connectTroupe(t, project, { revision });
      const { client } = troupe;
      assert.equal(client.getNegotiatedProtocolVersion(), revision);
      assert.match(client.getInstructions()!, /@security/);

      const { tools } = await client.listTools();
      const names = tools.map(({ name }) => name);
      const expected = [...corePersonas.map((persona) => `invoke_${persona}`), ...jobTools];
      assert.deepEqual(
        expected.filter((name) => !names.includes(name)),
        [],
      );
      assert.deepEqual(await readdir(project.root).then((all) => all.includes('.agent-os')), false);

      const started = await troupe.call('invoke_security', { task: 'review src/auth.ts', priority: 'high' });
      assert.partialDeepStrictEqual(started, { status: 'started', persona: 'security' });
      const jobId = started['job_id'] as string;
      const done = await troupe.ended(jobId);
      assert.equal(done.status, 'complete', JSON.stringify(done.error));
      assert.match(done.result!, /src\/auth\.ts:\d+/);
      assert.equal((await troupe.ended(jobId.slice(-12))).job_id, jobId, 'a short id is enough');

      const list = await troupe.call<{ jobs: { job_id: string }[]; filtered_count: number }>(
        'list_persona_jobs',
        { status: 'complete', persona: 'security' },
      );
      assert.deepEqual([list.jobs[0]?.job_id, list.filtered_count], [jobId, 1]);
      const stats = await troupe.call('persona_database_stats');
      assert.partialDeepStrictEqual(stats, { total_jobs: 1, cleanup_recommendation: 'healthy' });

      const uri = `troupe://jobs/${jobId}`;
      const { resources } = await client.listResources();
      assert.deepEqual(
        resources.map((resource) => resource.uri),
        [uri],
      );
      const { contents } = await client.readResource({ uri });
      assert.partialDeepStrictEqual(contents, [{ uri, mimeType: 'text/markdown', text: done.result }]);
      const { prompts } = await client.listPrompts();
      assert.ok(prompts.some(({ name }) => name === 'security'));
      const prompt = await client.getPrompt({ name: 'security', arguments: { task: 'review src' } });
      assert.match(JSON.stringify(prompt.messages), /invoke_security/);
      const standards = await troupe.call<{ results: unknown[] }>('search_standards', { query: 'retries' });
      assert.ok(Array.isArray(standards.results));

      assert.equal(await troupe.refused('check_persona_job', { job_id: 'not-a-job' }), 'jobs.not_found');
      assert.equal(await troupe.refused('retry_persona_job', { job_id: jobId }), 'jobs.not_retryable');
      assert.equal(await troupe.refused('invoke_securty', { task: 'review src' }), 'personas.unknown');
      assert.equal(await troupe.refused('invoke_security', { task: ' ' }), 'jobs.empty_task');
      assert.equal(await troupe.refused('reset_persona_jobs'), 'jobs.confirmation_required');
      const reset = await troupe.call('reset_persona_jobs', { confirm: true });
      assert.partialDeepStrictEqual(reset, { status: 'reset', jobs_deleted: 1, jobs_kept: 0 });
      assert.equal(await troupe.refused('check_persona_job', { job_id: jobId }), 'jobs.not_found');
    });
  });
}

describe('jobs of an agent', () => {
  it('[A4] [A24] are cancelled in every state, and go on from there when retried', async (t) => {
    const project = await exampleProject(t);
    const fake = { stalls: true };
    const text = ['Half of a review. ', 'And more.'];
    const server = await startModelServer(t, 'anthropic', (request) => {
      if (request.assistantTurns === 0)
        return { toolCalls: [{ name: 'list_files', input: { pattern: 'src/**' } }] };
      return fake.stalls ? { text, ends: 'stalled' } : { text: 'The whole review.' };
    });
    const troupe = await connectTroupe(t, project, { env: { ...server.env, TROUPE_JOBS_WORKERS: '1' } });
    const running = await troupe.invoke('security', { task: 'review src' });
    await server.requested.next((request) => request.assistantTurns === 1);
    const waiting = await troupe.invoke('qa', { task: 'review test' });
    const pending = await troupe.call<JobAnswer>('check_persona_job', { job_id: waiting });
    assert.deepEqual([pending.status, pending.queue_position], ['pending', 1]);

    const cancel = (jobId: string) => troupe.call<Cancelled>('cancel_persona_job', { job_id: jobId });
    assert.partialDeepStrictEqual(await cancel(waiting), { status: 'cancelled', partial_result: null });
    const stopped = await cancel(running);
    assert.equal(stopped.status, 'cancelled');
    await server.disconnected.next();
    assert.partialDeepStrictEqual(await cancel(running), {
      status: 'already_finished',
      job_status: 'cancelled',
    });

    fake.stalls = false;
    const retried = await troupe.call<{ new_job_id: string; steps_reused: number }>('retry_persona_job', {
      job_id: running,
    });
    assert.equal(retried.steps_reused, 2, 'the finished turn and its tool call');
    const done = await troupe.ended(retried.new_job_id);
    assert.equal(done.status, 'complete', JSON.stringify(done.error));
    assert.match(done.result!, /The whole review/);
    const firstTurns = server.requests.filter((request) => request.assistantTurns === 0);
    assert.equal(firstTurns.length, 1, 'the finished turn was not paid for again');
    assert.partialDeepStrictEqual(await cancel(retried.new_job_id), {
      status: 'already_finished',
      job_status: 'complete',
    });
    assert.equal((await troupe.ended(running)).status, 'cancelled', 'the old job stays as it ended');
  });

  it('[A21] are all finished, fourteen at once, one of each persona', async (t) => {
    const project = await exampleProject(t);
    const troupe = await connectTroupe(t, project);
    const { tools } = await troupe.client.listTools();
    const personas = tools
      .filter(({ name }) => name.startsWith('invoke_'))
      .map(({ name }) => name.slice('invoke_'.length));
    assert.ok(personas.length >= 14, personas.join());
    const jobIds = await Promise.all(
      personas.map((persona) => troupe.invoke(persona, { task: 'review src and test' })),
    );
    assert.equal(new Set(jobIds).size, personas.length);
    const states = await Promise.all(jobIds.map((jobId) => troupe.ended(jobId)));
    for (const state of states) {
      assert.equal(state.status, 'complete', `${state.persona}: ${JSON.stringify(state.error)}`);
      assert.match(state.result!, /offline reviewer/);
    }
    for (const [jobId, history] of jobHistories(project.root))
      assert.deepEqual(history, { claims: 1, endings: ['jobs.completed'] }, jobId);
  });

  it('[A6] of a slow model stay alive at a client that waits, with progress that only grows', async (t) => {
    const project = await exampleProject(t);
    const words = Array.from({ length: 80 }, (_, n) => `Sentence number ${n} of a long review. `);
    const server = await startModelServer(t, 'anthropic', () => ({ text: words, trickleMs: 120 }));
    const env = { ...server.env, TROUPE_JOBS_REPORT_EVERY_MS: '500' };
    const troupe = await connectTroupe(t, project, { env });
    const jobId = await troupe.invoke('security', { task: 'review src' });
    // From here on it is the review alone that takes its time, not the start of a process.
    await server.requested.next();
    const seen: number[] = [];
    // The client gives up after six seconds of silence, less than two thirds of the review: only progress keeps the call alive.
    const wait = { timeout: 6_000, resetTimeoutOnProgress: true, maxTotalTimeout: 60_000 };
    const request = { name: 'check_persona_job', arguments: { job_id: jobId, wait_seconds: 50 } };
    let status: JobAnswer['status'];
    do {
      const answer = await troupe.client.callTool(request, {
        ...wait,
        onprogress: ({ progress }) => seen.push(progress),
      });
      status = (answer.structuredContent as JobAnswer).status;
    } while (status === 'running' || status === 'pending');
    assert.equal(status, 'complete');
    assert.ok(seen.length > 0);
  });

  it('[A8] go to a persona whose file was dropped in while the server runs', async (t) => {
    const project = await exampleProject(t);
    const offered = Promise.withResolvers<undefined>();
    const listChanged = {
      tools: {
        onChanged: (_: unknown, tools: { name: string }[] | null) => {
          if (tools?.some(({ name }) => name === 'invoke_release_manager') === true)
            offered.resolve(undefined);
        },
      },
    };
    await project.write('.agent-os/personas/.keep', '');
    const troupe = await connectTroupe(t, project, { client: { listChanged } });
    await troupe.client.listTools();
    await project.write(
      join('.agent-os', 'personas', 'release-manager.md'),
      '---\nname: release-manager\ndescription: Prepares releases.\npriority: specialist\n---\n\nYou prepare releases.\n',
    );
    await offered.promise;
    const done = await troupe.ended(await troupe.invoke('release_manager', { task: 'review src' }));
    assert.equal(done.status, 'complete', JSON.stringify(done.error));
  });
});
