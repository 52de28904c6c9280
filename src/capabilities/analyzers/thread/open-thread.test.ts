import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { isAppError } from '../../../kernel/index.ts';
import { projectWith } from '../testing.ts';
import { openThread } from './open-thread.ts';
import type { FileResult } from './messages.ts';

/** A thread whose entry answers with this code; `job` and `send` are in its scope. */
async function threadRunning(t: TestContext, code: string, fileTimeoutMs = 5_000) {
  const source = `import { parentPort } from 'node:worker_threads';
    const send = (m) => parentPort.postMessage(m);
    const done = (file) => send({ type: 'file', result: { file, evidence: [], suppressed: [], ranRules: [] } });
    parentPort.on('message', async (job) => { ${code} });`;
  const root = await projectWith(t, { 'entry.mjs': source });
  const entry = pathToFileURL(join(root, 'entry.mjs'));
  const thread = openThread({ entry, fileTimeoutMs, idleTimeoutMs: 10, maxHeapMb: 64 });
  const results: FileResult[] = [];
  const run = (files: string[], signal?: AbortSignal) =>
    thread.run({
      job: { root, files, trades: [] },
      signal,
      onReady: () => undefined,
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
    const { run, results } = await threadRunning(t, code, 3_000);
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

  it('lets a job that waits be cancelled without starting it', async (t) => {
    const { run, results } = await threadRunning(
      t,
      "for (const f of job.files) done(f); send({ type: 'done' });",
    );
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
});
