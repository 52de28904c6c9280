import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAppError } from '../../../kernel/index.ts';
import { projectWith } from '../testing.ts';
import { openThread } from './open-thread.ts';
import type { FileResult } from './messages.ts';

interface Given {
  /** What the entry does before it is ready. */
  start?: string;
  fileTimeoutMs?: number;
  ruleTimeoutMs?: number;
  onReady?: () => void;
}

/** A thread whose entry answers with this code; `job`, `send`, `done` and `sleep` are in its scope. */
async function threadRunning(t: TestContext, code: string, given: Given = {}) {
  const { start = '', fileTimeoutMs = 5_000, ruleTimeoutMs, onReady = () => undefined } = given;
  const source = `import { parentPort } from 'node:worker_threads';
    const send = (m) => parentPort.postMessage(m);
    const done = (file) => send({ type: 'file', result: { file, evidence: [], suppressed: [], ranRules: [] } });
    const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    parentPort.on('message', async (job) => { ${start}; send({ type: 'ready', applied: [] }); ${code} });`;
  const root = await projectWith(t, { 'entry.mjs': source });
  const entry = pathToFileURL(join(root, 'entry.mjs'));
  const thread = openThread({ entry, fileTimeoutMs, idleTimeoutMs: 10, maxHeapMb: 64 });
  const results: FileResult[] = [];
  const run = (files: string[], signal?: AbortSignal) =>
    thread.run({
      job: { root, files, trades: [] },
      signal,
      ruleTimeoutMs,
      onReady,
      onFile: (result) => results.push(result),
    });
  return { run, results };
}

describe('the analysis thread', () => {
  it('names the file at which it died', async (t) => {
    const { run } = await threadRunning(
      t,
      "done(job.files[0]); setImmediate(() => { throw new Error('boom'); });",
    );
    await assert.rejects(run(['a.ts', 'b.ts']), (error) => {
      assert.ok(isAppError(error, 'analyzers.thread_failed'));
      assert.match(error.message, /while reading b\.ts: boom/);
      return true;
    });
  });

  it('reports an exit as a failure', async (t) => {
    const { run } = await threadRunning(t, 'process.exit(7);');
    await assert.rejects(run(['a.ts']), (error) => isAppError(error, 'analyzers.thread_failed'));
  });

  it('skips a file that takes too long and goes on with the rest', async (t) => {
    const code =
      "for (const f of job.files) { if (f === 'slow.ts') for (;;); done(f); } send({ type: 'done' });";
    const { run, results } = await threadRunning(t, code, { fileTimeoutMs: 3_000 });
    await run(['a.ts', 'slow.ts', 'b.ts']);
    assert.deepEqual(
      results.map((r) => [r.file, r.skipped]),
      [
        ['a.ts', undefined],
        ['slow.ts', 'took longer than 3000 milliseconds'],
        ['b.ts', undefined],
      ],
    );
  });

  const allDone = "for (const f of job.files) done(f); send({ type: 'done' });";

  it('takes neither its own start nor what follows the own rules of a file for time of a file or a rule', async (t) => {
    const rules = "send({ type: 'rule', rule: 'a' }); send({ type: 'rule', rule: undefined }); sleep(1_500);";
    const slow = await Promise.all([
      threadRunning(t, allDone, { start: 'sleep(1_500)', fileTimeoutMs: 1_000 }),
      threadRunning(t, rules + allDone, { ruleTimeoutMs: 1_000 }),
    ]);
    await Promise.all(slow.map(({ run }) => run(['a.ts'])));
    assert.deepEqual(
      slow.map(({ results }) => results.map((r) => r.skipped)),
      [[undefined], [undefined]],
    );
  });

  it('does not take its time for that of a file when the process stood still', async (t) => {
    const standStill = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
    const { run, results } = await threadRunning(t, `sleep(300); ${allDone}`, {
      fileTimeoutMs: 1_000,
      // Of its own turn: what is there by then is heard of after the timers that are due.
      onReady: () => setImmediate(standStill),
    });
    await run(['a.ts']);
    assert.deepEqual(
      results.map((r) => r.skipped),
      [undefined],
    );
  });

  it('lets a job that waits be cancelled without starting it', async (t) => {
    const { run, results } = await threadRunning(t, allDone);
    const abort = new AbortController();
    const first = run(['a.ts']);
    const second = run(['b.ts'], abort.signal);
    abort.abort();
    await assert.rejects(second, (error) => isAppError(error, 'analyzers.cancelled'));
    await first;
    assert.deepEqual(
      results.map((r) => r.file),
      ['a.ts'],
    );
  });

  it('lets a job that waits be cancelled at once, however long the one ahead takes', async (t) => {
    const { run, results } = await threadRunning(t, 'await new Promise(() => undefined);');
    const ahead = new AbortController();
    const waiting = new AbortController();
    const first = run(['a.ts'], ahead.signal);
    const second = run(['b.ts'], waiting.signal);
    waiting.abort();
    await assert.rejects(second, (error) => isAppError(error, 'analyzers.cancelled'));
    await assert.rejects(run(['c.ts'], waiting.signal), (error) => isAppError(error, 'analyzers.cancelled'));
    // The one ahead is still at its file.
    ahead.abort();
    await assert.rejects(first, (error) => isAppError(error, 'analyzers.cancelled'));
    assert.deepEqual(results, []);
  });

  it('passes on an error that the thread reports', async (t) => {
    const error = {
      code: 'analyzers.bad_pack',
      category: 'internal',
      message: 'm',
      remedy: 'r',
      details: {},
    };
    const { run } = await threadRunning(t, `send({ type: 'failed', error: ${JSON.stringify(error)} });`);
    await assert.rejects(run(['a.ts']), (thrown) => isAppError(thrown, 'analyzers.bad_pack'));
  });

  for (const lane of ['openThreadLane', 'openProcessLane']) {
    it(`does not keep the process alive when it is idle: ${lane}`, async (t) => {
      const root = await projectWith(t, { 'a.ts': 'export const a = 1;\n' });
      const urlOf = (module: string) => JSON.stringify(new URL(module, import.meta.url).href);
      const script = `const [{ openThread }, lanes, { analysisEntry: entry }] = await Promise.all([
          import(${urlOf('./open-thread.ts')}), import(${urlOf('./lane.ts')}), import(${urlOf('../threads.ts')})]);
        const openLane = lanes.${lane};
        const thread = openThread({ entry, openLane, fileTimeoutMs: 60_000, idleTimeoutMs: 3_600_000, maxHeapMb: 256 });
        await thread.run({
          job: { root: ${JSON.stringify(root)}, files: ['a.ts'], trades: ['security'] },
          onReady() {}, onFile: ({ file }) => console.log(file) });`;
      // An hour of idling is far longer than the slowest machine takes for the rest.
      const options = { timeout: 300_000 };
      const child = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], options);
      assert.equal((await child).stdout.trim(), 'a.ts');
    });
  }

  const withLimits = { skip: process.platform === 'win32' };
  it('fails the run where a process cannot be started, and not what asked for it', withLimits, async (t) => {
    const root = await projectWith(t, { 'a.ts': 'export const a = 1;\n' });
    const urlOf = (module: string) => JSON.stringify(new URL(module, import.meta.url).href);
    const script = `import { openSync } from 'node:fs';
      import { openThread } from ${urlOf('./open-thread.ts')};
      import { openProcessLane as openLane } from ${urlOf('./lane.ts')};
      import { analysisEntry as entry } from ${urlOf('../threads.ts')};
      const thread = openThread({ entry, openLane, fileTimeoutMs: 60_000, idleTimeoutMs: 10, maxHeapMb: 256 });
      try { for (;;) openSync('/dev/null', 'r'); } catch { /* Now there is no room. */ }
      const job = { root: ${JSON.stringify(root)}, files: ['a.ts'], trades: ['security'] };
      await thread.run({ job, onReady() {}, onFile() {} }).catch(({ code, message }) => console.log(code, message));`;
    const node = [process.execPath, '--input-type=module', '-e', script];
    const { stdout } = await promisify(execFile)('/bin/sh', [
      '-c',
      'ulimit -n 100; exec "$@"',
      'sh',
      ...node,
    ]);
    assert.match(stdout, /^analyzers\.thread_failed .*spawn .* E[MN]FILE/);
  });
});
