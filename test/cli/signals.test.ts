import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { startModelServer } from '../support/model-servers/index.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { runTroupe, startTroupe } from '../support/troupe/troupe-process.ts';

const onPosix = { skip: process.platform === 'win32' ? 'signals are sent to processes' : false };

interface Listed {
  jobs: { job_id: string; status: string }[];
}

async function jobsOf(t: TestContext, project: Awaited<ReturnType<typeof exampleProject>>) {
  const { stdout } = await runTroupe(t, project, ['jobs', 'list', '--json']);
  return (JSON.parse(stdout) as Listed).jobs;
}

describe('a request to end', onPosix, () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    it(`${signal} ends the wait for a context that does not come, and makes no job`, async (t) => {
      const project = await exampleProject(t);
      const pipe = join(project.root, 'context');
      execFileSync('mkfifo', [pipe]);
      for (const context of ['-', pipe]) {
        const waiting = startTroupe(t, project, ['ask', '@qa review src', '--context', context]);
        const writer = context === '-' ? waiting.child.stdin : createWriteStream(pipe);
        // More than a pipe holds: it is written when the other side reads.
        await new Promise((resolve) => writer.write('x'.repeat(1_000_000), resolve));
        waiting.child.kill(signal);
        assert.equal((await waiting.finished).code, 130, context);
        writer.destroy();
      }
      assert.deepEqual(await jobsOf(t, project), []);
    });

  it('a context in a named pipe is read when somebody writes it', async (t) => {
    const project = await exampleProject(t);
    const pipe = join(project.root, 'context');
    execFileSync('mkfifo', [pipe]);
    const asking = startTroupe(t, project, ['ask', '@qa review src', '--detach', '--context', pipe]);
    createWriteStream(pipe).end('Mind the limits.\n');
    const { code, stderr } = await asking.finished;
    assert.equal(code, 0, stderr);
  });

  it('a terminal that is closed has the worker hand its job back', async (t) => {
    const project = await exampleProject(t);
    const arrived = Promise.withResolvers<undefined>();
    const server = await startModelServer(t, 'anthropic', () => {
      arrived.resolve(undefined);
      return { text: 'Half', ends: 'stalled' };
    });
    await runTroupe(t, project, ['ask', '@qa review src', '--detach'], server.env);
    const worker = startTroupe(t, project, ['worker'], server.env);
    await arrived.promise;
    worker.child.kill('SIGHUP');
    assert.equal((await worker.finished).code, 0);
    assert.deepEqual(
      (await jobsOf(t, project)).map(({ status }) => status),
      ['pending'],
    );
  });
});
