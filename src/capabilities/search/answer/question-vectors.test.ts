import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../../kernel/index.ts';
import type { Embedder } from '../../embeddings/index.ts';
import { countingEmbedder, openTestProject } from '../testing.ts';
import { QuestionVectors } from './question-vectors.ts';

/** Silent until its signal aborts, and remembers how it ended. */
function silentEmbedder(): Embedder & { ended: string[] } {
  const ended: string[] = [];
  return {
    ...countingEmbedder(),
    ended,
    embed: (_texts, kind, { signal } = {}) => untilAborted(signal!).finally(() => ended.push(kind)),
    close() {
      ended.push('closed');
      return Promise.resolve();
    },
  };
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

describe('vectors of questions', () => {
  it('end with the index: the question under way is given up and the embedder closed, so the process ends', async (t) => {
    const { open } = await openTestProject(t, { 'a/first.md': '# First\n\nA rule.\n' });
    const embedder = silentEmbedder();
    const index = await open({ embedder, settings: { waitForModelMs: 1 } });
    const { methodNote } = await index.search('rule', { limit: 5 });
    assert.equal(methodNote, 'by words only: the embedding model is not ready yet');
    await index.close();
    assert.ok(embedder.ended.includes('query'));
    assert.equal(embedder.ended.at(-1), 'closed');
  });

  it('end while the embedder is still being opened: the opening is given up', async () => {
    let gaveUp = false;
    const vectors = new QuestionVectors(async (signal) => {
      await untilAborted(signal).finally(() => (gaveUp = true));
      return countingEmbedder();
    }, systemClock);
    const asked = await vectors.of('rule', 1);
    assert.deepEqual(asked, { why: 'the embedding model is not ready yet' });
    await vectors.close();
    assert.ok(gaveUp);
  });
});
