import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { systemClock, type Clock } from '../../kernel/index.ts';
import { temporaryFolder } from '../../platform/database/testing.ts';
import { createEventBus } from '../../platform/events/index.ts';
import { openWorkThread, type WorkThread } from './open-work-thread.ts';

/** A clock whose sleeps the test ends; `next` gives each in turn. */
function heldClock() {
  const sleeps: { ms: number; end: () => void }[] = [];
  let taken = 0;
  let arrived = () => {};
  const clock: Clock = {
    ...systemClock,
    monotonicMs: () => 0,
    sleep: (ms, { signal } = {}) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        sleeps.push({ ms, end: resolve });
        arrived();
      }),
  };
  return {
    clock,
    async next() {
      while (sleeps.length === taken) await new Promise<void>((resolve) => (arrived = resolve));
      return sleeps[taken++]!;
    },
  };
}

async function openThread(t: TestContext, program: string) {
  const file = join(await temporaryFolder(t), 'thread.mjs');
  await writeFile(file, program);
  const { clock, next } = heldClock();
  const problems: unknown[] = [];
  const notices: string[] = [];
  const thread: WorkThread = openWorkThread({
    project: { cwd: '.', project: undefined, env: {} },
    bus: createEventBus((error) => problems.push(error)),
    clock,
    stopWithinMs: 7_000,
    onError: (error) => problems.push(error),
    onNotice: (message) => notices.push(message),
    entry: pathToFileURL(file),
  });
  return { thread, next, problems, notices };
}

describe('a thread that ends unasked', () => {
  it('is replaced ever more rarely, and reported once with what to do', async (t) => {
    const { thread, next, problems, notices } = await openThread(t, "throw new Error('no room');");
    const pauses: number[] = [];
    for (let death = 0; death < 8; death++) {
      const pause = await next();
      pauses.push(pause.ms);
      pause.end();
    }
    assert.deepEqual(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    assert.deepEqual(problems.map(String), ['Error: no room']);
    assert.equal(notices.length, 1);
    assert.match(notices[0]!, /troupe doctor/);
    await next();
    await thread.stop();
  });

  it('is replaced at once when a call comes', async (t) => {
    const { thread, next } = await openThread(t, 'process.exit(3);');
    assert.equal((await next()).ms, 1_000);
    thread.wake();
    assert.equal((await next()).ms, 2_000, 'the next one has ended too');
    await thread.stop();
  });
});

describe('a thread that does not end when it is asked', () => {
  it('is ended from outside after the limit', async (t) => {
    const program = `import { parentPort } from 'node:worker_threads';
      parentPort.on('message', () => { for (;;); });`;
    const { thread, next, notices } = await openThread(t, program);
    const stopped = thread.stop();
    const patience = await next();
    assert.equal(patience.ms, 7_000);
    patience.end();
    await stopped;
    assert.deepEqual(notices, []);
  });
});
