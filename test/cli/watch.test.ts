import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { startModelServer } from '../support/model-servers/index.ts';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { runTroupe, startTroupe } from '../support/troupe/troupe-process.ts';

// Windows has no such signal for one process to send another.
const onPosix = { skip: process.platform === 'win32' };

async function stalledModel(t: TestContext) {
  const server = await startModelServer(t, 'anthropic', () => ({
    text: ['Half of it. ', 'x'],
    ends: 'stalled',
  }));
  return server.env;
}

async function statusOf(t: TestContext, project: ExampleProject, jobId: string): Promise<string> {
  const { stdout } = await runTroupe(t, project, ['jobs', 'show', jobId, '--json']);
  return (JSON.parse(stdout) as { status: string }).status;
}

describe('troupe jobs watch', onPosix, () => {
  it('hands the job back at Ctrl-C when it was working on it itself', async (t) => {
    const project = await exampleProject(t);
    const env = await stalledModel(t);
    const detached = await runTroupe(t, project, ['ask', '@qa review src', '--detach'], env);
    const jobId = detached.stdout.trim();
    const watching = startTroupe(t, project, ['jobs', 'watch', jobId], env);
    await watching.err.next(/generating/);
    watching.child.kill('SIGINT');
    const { code, stdout, stderr } = await watching.finished;
    assert.deepEqual([code, stdout], [130, '']);
    assert.match(stderr, new RegExp(`Handed back\\. Job ${jobId.slice(-4)} waits`));
    assert.equal(await statusOf(t, project, jobId), 'pending');
  });

  it('leaves the job alone at Ctrl-C when another process works on it; a cancelled one is retried by id', async (t) => {
    const project = await exampleProject(t);
    const env = await stalledModel(t);
    const asking = startTroupe(t, project, ['ask', '@qa review src', '--json'], env);
    asking.child.stdin.end();
    await asking.err.next(/generating/);
    const { stdout: list } = await runTroupe(t, project, ['jobs', 'list', '--json']);
    const jobId = (JSON.parse(list) as { jobs: { job_id: string }[] }).jobs[0]!.job_id;
    const watching = startTroupe(t, project, ['jobs', 'watch', jobId], env);
    await watching.err.next(/generating/);
    watching.child.kill('SIGINT');
    const { code, stderr } = await watching.finished;
    assert.equal(code, 130);
    assert.match(stderr, /No longer watched; the job is left as it is/);
    assert.equal(await statusOf(t, project, jobId), 'running');

    await runTroupe(t, project, ['jobs', 'cancel', jobId]);
    const cancelled = await asking.finished;
    assert.equal(
      cancelled.code,
      130,
      'who asked is told that it was cancelled, not that something is unavailable',
    );
    assert.equal(await statusOf(t, project, jobId), 'cancelled');
    const retried = await runTroupe(t, project, ['jobs', 'retry', jobId], env);
    assert.match(retried.stdout, /^[0-9a-f-]{36}\n$/);
    assert.match(retried.stderr, new RegExp(`troupe jobs watch ${retried.stdout.trim().slice(-4)}`));
  });
});
