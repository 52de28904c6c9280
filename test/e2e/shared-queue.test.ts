import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { initialize, toolCall } from '../support/mcp/raw-peer.ts';
import { startModelServer } from '../support/model-servers/index.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { jobHistories, storedEvents } from '../support/troupe/stored-jobs.ts';
import { connectTroupe, type JobAnswer } from '../support/troupe/troupe-client.ts';
import { runTroupe, startTroupe } from '../support/troupe/troupe-process.ts';

/** A lease that runs out soon after its owner has died. */
const shortLeases = { TROUPE_JOBS_LEASE_MS: '1500', TROUPE_JOBS_HEARTBEAT_MS: '300' };

describe('two IDE windows on one project', () => {
  it('[A5] [A6] share one queue: each job is done once, and either tells its state', async (t) => {
    const project = await exampleProject(t);
    const windows = await Promise.all([connectTroupe(t, project), connectTroupe(t, project)]);
    const personas = ['security', 'qa', 'architect', 'sre', 'engineer', 'data'];
    const jobIds = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        windows[n % 2]!.invoke(personas[n % personas.length]!, { task: 'review src/orders.ts' }),
      ),
    );
    for (const [n, jobId] of jobIds.entries()) {
      const [own, other] = [windows[n % 2]!, windows[(n + 1) % 2]!];
      const state = await other.ended(jobId);
      assert.equal(state.status, 'complete', JSON.stringify(state.error));
      assert.deepEqual(await own.ended(jobId), state);
    }
    const histories = jobHistories(project.root);
    assert.equal(histories.size, jobIds.length);
    for (const [jobId, history] of histories)
      assert.deepEqual(history, { claims: 1, endings: ['jobs.completed'] }, jobId);
  });

  it("[A4] stop each other's jobs, the model call in flight included", async (t) => {
    const project = await exampleProject(t);
    const server = await startModelServer(t, 'anthropic', () => ({ text: ['Half. ', 'x'], ends: 'stalled' }));
    const working = await connectTroupe(t, project, { env: server.env });
    const jobId = await working.invoke('security', { task: 'review src' });
    await server.requested.next();
    // This window has no key: it can do nothing with the job but see and stop it.
    const other = await connectTroupe(t, project);
    const stopped = await other.call('cancel_persona_job', { job_id: jobId });
    assert.equal(stopped['status'], 'cancelled');
    await server.disconnected.next();
    assert.equal((await working.ended(jobId)).status, 'cancelled');
  });
});

describe('a worker', () => {
  it('[A6] waits for work as long as it takes, and ends when asked', async (t) => {
    const project = await exampleProject(t);
    const worker = startTroupe(t, project, ['worker']);
    await worker.err.next(/^Working on jobs of/);
    const { stdout: jobId } = await runTroupe(t, project, ['ask', '--detach', '@qa review test']);
    const watched = await runTroupe(t, project, ['jobs', 'watch', jobId.trim(), '--json']);
    assert.equal((JSON.parse(watched.stdout) as JobAnswer).status, 'complete', watched.stderr);
    assert.equal(worker.child.exitCode, null);
    worker.child.kill('SIGTERM');
    assert.equal((await worker.finished).code, process.platform === 'win32' ? null : 0);
  });
});

describe('a window that is gone', () => {
  it('[A6] leaves its job to the next window that gets a call, after a crash', async (t) => {
    const project = await exampleProject(t);
    let crashed = false;
    const server = await startModelServer(t, 'anthropic', ({ assistantTurns }) => {
      if (assistantTurns === 0) return { toolCalls: [{ name: 'list_files', input: { pattern: 'src/**' } }] };
      return crashed ? { text: 'The whole review.' } : { text: 'x', ends: 'stalled' };
    });
    const env = { ...server.env, ...shortLeases };
    const first = await connectTroupe(t, project, { env });
    const jobId = await first.invoke('security', { task: 'review src' });
    await server.requested.next(({ assistantTurns }) => assistantTurns === 1);
    process.kill(first.pid, 'SIGKILL');
    await server.disconnected.next();
    crashed = true;

    const next = await connectTroupe(t, project, { env });
    assert.equal((await next.call('persona_database_stats'))['total_jobs'], 1);
    const done = await next.ended(jobId);
    assert.equal(done.status, 'complete', JSON.stringify(done.error));
    assert.match(done.result!, /Resumed after 1 finished turn\./);
    const turns = server.requests.map(({ assistantTurns }) => assistantTurns);
    assert.deepEqual(turns, [0, 1, 1], '[X4] the finished turn was not asked for again');
    assert.deepEqual(jobHistories(project.root).get(jobId), { claims: 2, endings: ['jobs.completed'] });
  });

  it('[A6] leaves its job waiting while other windows only look, and to whoever works then', async (t) => {
    const project = await exampleProject(t);
    const first = await connectTroupe(t, project, { env: { TROUPE_JOBS_WORKERS: '0' } });
    const jobId = await first.invoke('qa', { task: 'review test' });
    process.kill(first.pid, 'SIGKILL');
    const looking = await connectTroupe(t, project);
    await looking.client.listTools();
    await looking.client.listResources();
    assert.deepEqual(
      storedEvents(project.root).map(({ name }) => name),
      ['jobs.created'],
    );
    startTroupe(t, project, ['worker'], { TROUPE_JOBS_WORKERS: '0' });
    assert.equal(
      (await looking.ended(jobId)).status,
      'complete',
      'a worker works, whatever the setting says',
    );
  });

  it('[A6] hands its job back at once when the client closes its input', async (t) => {
    const project = await exampleProject(t);
    const server = await startModelServer(t, 'anthropic', () => ({ text: 'x', ends: 'stalled' }));
    const mcp = startTroupe(t, project, ['mcp'], server.env);
    const send = (message: unknown) => mcp.child.stdin.write(`${JSON.stringify(message)}\n`);
    send(initialize);
    await mcp.out.next(/"id":0[,}]/);
    send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    send(toolCall(1, 'invoke_security', { task: 'review src' }));
    await server.requested.next();
    mcp.child.stdin.end();
    const { code, stderr } = await mcp.finished;
    assert.equal(code, 0, stderr);
    await server.disconnected.next();
    assert.equal(storedEvents(project.root).at(-1)?.name, 'jobs.released');

    const next = await connectTroupe(t, project);
    const { jobs } = await next.call<{ jobs: { job_id: string; status: string }[] }>('list_persona_jobs');
    assert.deepEqual(
      jobs.map(({ status }) => status),
      ['pending'],
    );
    // It was made with a key that this window lacks, so it waits for one that has it, and says so.
    const state = await next.call<JobAnswer & { message: string }>('check_persona_job', {
      job_id: jobs[0]!.job_id,
    });
    assert.match(state.message, /Needs a worker with the model/);
  });
});
