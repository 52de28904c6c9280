import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { systemClock, type Clock } from '../../../kernel/index.ts';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { steppedClock } from '../../models/testing.ts';
import { builtInFolder, builtInModel } from '../built-in/built-in-model.ts';
import { openThreadEmbedder } from './thread-embedder.ts';

const model = { engine: 'built-in', folder: builtInFolder.href } as const;
const idleMs = 20_000;
const silenceMs = 60_000;

function builtIn(t: TestContext, clock: Clock = systemClock) {
  const entry = new URL('./embedding-thread.ts', import.meta.url);
  const embedder = openThreadEmbedder({ ...builtInModel, model, entry, idleMs, silenceMs, clock });
  t.after(() => embedder.close());
  return embedder;
}

/** An embedder whose thread runs this code; `port` is in its scope. */
async function running(t: TestContext, code: string, clock: Clock) {
  const source = `import { parentPort as port, threadId } from 'node:worker_threads';\n${code}`;
  const root = await temporaryTree(t, { 'entry.mjs': source });
  const entry = pathToFileURL(path.join(root, 'entry.mjs'));
  const embedder = openThreadEmbedder({
    id: 'x',
    label: 'test model',
    dimensions: 1,
    model,
    entry,
    idleMs,
    silenceMs,
    clock,
  });
  t.after(() => embedder.close());
  return embedder;
}

const answering = `port.on('message', ({ type, call, texts }) => {
  if (type !== 'embed') return;
  for (const text of texts) port.postMessage({ type: 'embedded', call, vector: Float32Array.of(text.length) });
});`;

describe('an embedder in a thread', () => {
  it('gives one vector for each text, in order, to each of several calls at once', async (t) => {
    const embedder = builtIn(t);
    const texts = ['retries with jitter', 'naming', 'retries with jitter'];
    const [together, ...alone] = await Promise.all([
      embedder.embed(texts, 'passage'),
      ...texts.map((text) => embedder.embed([text], 'query')),
    ]);
    assert.deepEqual(together, alone.flat());
    assert.deepEqual(await embedder.embed([], 'passage'), []);
  });

  it('answers a query before passages that came first', async (t) => {
    const embedder = builtIn(t);
    await embedder.embed(['warm'], 'query');
    const order: string[] = [];
    const passages = embedder
      .embed(
        Array.from({ length: 20 }, (_, index) => `${index} `.repeat(200)),
        'passage',
      )
      .then(() => order.push('passages'));
    const query = embedder.embed(['what first?'], 'query').then(() => order.push('query'));
    await Promise.all([passages, query]);
    assert.deepEqual(order, ['query', 'passages']);
  });

  it('lets go of an aborted call with its reason, and goes on with the others', async (t) => {
    const embedder = builtIn(t);
    const leaving = new AbortController();
    const long = Array.from({ length: 50 }, (_, index) => `${index} `.repeat(200));
    const aborted = embedder.embed(long, 'passage', { signal: leaving.signal });
    const kept = embedder.embed(['still wanted'], 'passage');
    leaving.abort(new Error('not needed any more'));
    await assert.rejects(aborted, /not needed any more/);
    assert.equal((await kept).length, 1);
    await assert.rejects(
      embedder.embed(['late'], 'query', { signal: leaving.signal }),
      /not needed any more/,
    );
  });

  it('starts anew after it was closed; what was under way fails as closed', async (t) => {
    const embedder = builtIn(t);
    const underWay = embedder.embed(['one'], 'query');
    await Promise.all([
      embedder.close(),
      assert.rejects(underWay, { code: 'embeddings.closed', retryable: true }),
    ]);
    await embedder.close();
    assert.equal((await embedder.embed(['two'], 'query')).length, 1);
  });

  it('ends its thread after the idle time, and no sooner', async (t) => {
    const clock = steppedClock();
    const embedder = await running(t, answering.replace('text.length', 'threadId'), clock);
    const threadNow = async () => (await embedder.embed(['which?'], 'query'))[0]![0]!;
    const isIdle = () => clock.sleeping((ms) => ms === idleMs);
    const first = await threadNow();
    await isIdle();
    clock.step(idleMs - 1);
    assert.equal(await threadNow(), first);
    await isIdle();
    clock.step(idleMs);
    // The sleep has ended; what follows it runs next.
    await Promise.resolve();
    assert.notEqual(await threadNow(), first);
  });

  it('gives up on a silent thread and names the limit', async (t) => {
    const clock = steppedClock();
    const embedder = await running(t, "port.on('message', () => undefined);", clock);
    const waiting = embedder.embed(['a'], 'query');
    const failed = assert.rejects(waiting, { code: 'embeddings.timed_out', message: /test model .* 60 s/ });
    await clock.sleeping((ms) => ms === silenceMs);
    clock.step(silenceMs);
    await failed;
  });

  it('says why its thread ended, and starts another for the next call', async (t) => {
    const dying = "port.on('message', () => { throw new Error('boom'); });";
    const embedder = await running(t, dying, systemClock);
    for (const text of ['a', 'b']) {
      await assert.rejects(embedder.embed([text], 'query'), {
        code: 'embeddings.thread_failed',
        message: /test model ended: boom/,
      });
    }
  });
});
