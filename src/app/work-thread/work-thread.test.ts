import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { invoke, systemClock, type NewEvent } from '../../kernel/index.ts';
import { operations } from '../operations.ts';
import { openProjectContext } from '../project-context.ts';
import { openRuntime } from '../runtime.ts';
import { databaseName } from '../state-folder.ts';
import { openWorkThread } from './open-work-thread.ts';

async function openServerParts(t: TestContext) {
  const place = await realpath(await mkdtemp(join(tmpdir(), 'work-thread-')));
  const root = join(place, 'shop');
  await mkdir(join(root, '.agent-os'), { recursive: true });
  await writeFile(join(root, 'run.js'), 'eval(process.argv[2]);\n');
  const project = { cwd: root, project: root, env: { XDG_CONFIG_HOME: join(place, 'config') } };
  const context = await openProjectContext(project);
  const problems: unknown[] = [];
  const onError = (error: unknown) => problems.push(error);
  const runtime = await openRuntime(context, {
    oneCommand: false,
    workersElsewhere: true,
    personIsPresent: () => false,
    onError,
    onNotice: onError,
  });
  const { bus } = runtime.deps.jobs;
  const heard: NewEvent[] = [];
  bus.subscribe((event) => heard.push(event));
  /** Resolves when an event of this name has been heard, before or after the call. */
  const heardOf = (name: string) =>
    new Promise<void>((resolve) => {
      const look = () => heard.some((event) => event.name === name) && resolve();
      bus.subscribe(look);
      look();
    });
  const thread = openWorkThread({
    project,
    bus,
    clock: systemClock,
    stopWithinMs: 10_000,
    onError,
    onNotice: onError,
  });
  t.after(async () => {
    await thread.stop();
    await runtime.close();
    await rm(place, { recursive: true, force: true });
    assert.deepEqual(problems, []);
  });
  const run = (name: string, input: object) => {
    const operation = operations.find((each) => each.name === name)!;
    const call = { door: 'internal', caller: 'test' } as const;
    return invoke(operation, input, { deps: runtime.deps, call }) as Promise<Record<string, unknown>>;
  };
  return { root, run, thread, heard, heardOf };
}

/** Blocks this thread, its event loop included, until the job has ended; resolves to its state as stored. */
function blockedUntilEnded(root: string, jobId: string): string {
  const database = new DatabaseSync(join(root, databaseName), { readOnly: true, timeout: 5_000 });
  const state = database.prepare('SELECT status FROM jobs WHERE id = ?');
  const never = new Int32Array(new SharedArrayBuffer(4));
  try {
    for (;;) {
      const { status } = state.get(jobId) as { status: string };
      if (status !== 'pending' && status !== 'running') return status;
      Atomics.wait(never, 0, 0, 20);
    }
  } finally {
    database.close();
  }
}

describe('the thread that works beside a server', () => {
  it('[A2] needs nothing of the thread that answers calls: jobs end while that one is busy', async (t) => {
    const { root, run } = await openServerParts(t);
    const { job_id: jobId } = await run('personas.invoke', { persona: 'security', task: 'review run.js' });
    assert.equal(blockedUntilEnded(root, String(jobId)), 'complete');
  });

  it('tells what happened there to who waits here, and hands back what it has when it is stopped', async (t) => {
    const { run, thread, heard, heardOf } = await openServerParts(t);
    const { job_id: jobId } = await run('personas.invoke', { persona: 'security', task: 'review run.js' });
    // The stored state may be read before the thread's message arrives, so it is the message that is waited for.
    await heardOf('jobs.completed');
    const { status } = await run('jobs.check', { job_id: jobId });
    assert.equal(status, 'complete');
    const names = heard.filter(({ entityId }) => entityId === jobId).map(({ name }) => name);
    assert.equal(names.filter((name) => name === 'jobs.created').length, 1, 'nothing comes back as an echo');
    await thread.stop();
    const later = await run('personas.invoke', { persona: 'security', task: 'review run.js' });
    const waiting = await run('jobs.check', { job_id: later['job_id'] });
    assert.equal(waiting['status'], 'pending');
  });
});
