import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../../kernel/index.ts';
import type { EmbeddingSettings } from '../embedding-settings.ts';
import { openEmbedder } from '../open-embedder.ts';
import { startLoopback, type Answer, type Received } from '../testing.ts';

/** Three numbers that tell the text apart. */
const vectorOf = (text: string) => [text.length, text.split(' ').length, 1];

function openAiAnswer({ body }: Received): Answer {
  const { input } = JSON.parse(body) as { input: string[] };
  const data = input.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) }));
  // Servers may answer in any order: the index counts.
  return { json: { object: 'list', data: data.reverse(), model: 'test' } };
}

function ollamaAnswer({ path, body }: Received): Answer {
  if (path === '/api/tags') {
    return {
      json: { models: [{ name: 'nomic-embed-text:latest', digest: '0a109f422b47e3a30ba2b10eca18548e' }] },
    };
  }
  const { input } = JSON.parse(body) as { input: string[] };
  return { json: { model: 'nomic-embed-text', embeddings: input.map(vectorOf) } };
}

async function opened(
  t: TestContext,
  settings: Partial<EmbeddingSettings> & Pick<EmbeddingSettings, 'model'>,
  env: NodeJS.ProcessEnv = {},
) {
  const all = { textsPerRequest: 2, idleMs: 20_000, callTimeoutMs: 5_000, ...settings };
  const embedder = await openEmbedder({ settings: all, env, modelsFolder: '', clock: systemClock });
  t.after(() => embedder!.close());
  return embedder!;
}

const unit = (text: string) => {
  const values = vectorOf(text);
  return Float32Array.from(values, (value) => value / Math.hypot(...values));
};

describe('[A13] embeddings of a server', () => {
  it('come from an OpenAI-compatible one in the order of the texts, a few at a time, with the key', async (t) => {
    const server = await startLoopback(t, openAiAnswer);
    const baseUrl = `${server.url}/v1`;
    const env = { MY_KEY: 'secret-key-1' };
    const embedder = await opened(
      t,
      { model: 'openai-compatible', name: 'test', baseUrl, keyEnv: 'MY_KEY' },
      env,
    );
    assert.equal(embedder.id, 'openai-compatible/test/3');
    const texts = ['a', 'b c', 'd e f', 'g', 'h i'];
    assert.deepEqual(await embedder.embed(texts, 'passage'), texts.map(unit));
    const sent = server.received.map(({ path, headers, body }) => {
      assert.equal(path, '/v1/embeddings');
      assert.equal(headers['authorization'], 'Bearer secret-key-1');
      return (JSON.parse(body) as { input: string[] }).input.length;
    });
    assert.deepEqual(sent, [1, 2, 2, 1]);
  });

  it('come from Ollama with the words that its model wants, and change with the model behind the name', async (t) => {
    const server = await startLoopback(t, ollamaAnswer);
    const embedder = await opened(t, { model: 'ollama', name: 'nomic-embed-text', baseUrl: server.url });
    assert.equal(embedder.id, 'ollama/nomic-embed-text@0a109f422b47/3');
    assert.deepEqual(await embedder.embed(['red'], 'query'), [unit('search_query: red')]);
    assert.deepEqual(await embedder.embed(['red'], 'passage'), [unit('search_document: red')]);
  });

  it('are not asked for in somebody else’s name: secrets are taken out before they leave the machine', async (t) => {
    const proxy = await startLoopback(t, openAiAnswer);
    const baseUrl = 'http://embeddings.example/v1';
    const env = { HTTP_PROXY: proxy.url };
    const embedder = await opened(t, { model: 'openai-compatible', name: 'test', baseUrl }, env);
    const token = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');
    await embedder.embed([`why is ${token} refused?`], 'query');
    const last = proxy.received.at(-1)!;
    assert.match(last.body, /why is .* refused/);
    assert.ok(!last.body.includes(token));
  });

  for (const [what, answer, expected] of [
    [
      'a refused key',
      { status: 401, json: { error: { message: 'no such key' } } },
      {
        code: 'embeddings.server_failed',
        message: /openai-compatible\/test gave no vectors\. .*refused the key/,
      },
    ],
    ['a page', { text: '<html>' }, { code: 'embeddings.server_failed', message: /not the protocol/ }],
    ['no vectors', { json: { choices: [] } }, { code: 'embeddings.bad_answer', remedy: /embeddings\.name/ }],
    [
      'too few vectors',
      { json: { data: [] } },
      { code: 'embeddings.bad_answer', message: /0 instead of 1 vectors/ },
    ],
    [
      'a broken answer',
      { text: '{"data": [', contentType: 'application/json' },
      { code: 'embeddings.server_failed', message: /not the protocol/ },
    ],
  ] as const) {
    it(`are refused with the reason when the answer is ${what}`, async (t) => {
      const server = await startLoopback(t, () => answer);
      const baseUrl = `${server.url}/v1`;
      await assert.rejects(opened(t, { model: 'openai-compatible', name: 'test', baseUrl }), expected);
    });
  }

  it('whose size changes are refused', async (t) => {
    let asked = 0;
    const server = await startLoopback(t, () => {
      asked += 1;
      return { json: { data: [{ index: 0, embedding: asked === 1 ? [1, 2] : [1, 2, 3] }] } };
    });
    const embedder = await opened(t, {
      model: 'openai-compatible',
      name: 'test',
      baseUrl: `${server.url}/v1`,
    });
    await assert.rejects(embedder.embed(['a'], 'query'), {
      code: 'embeddings.bad_answer',
      message: /one of 3 instead of vectors of 2 numbers/,
    });
  });

  it('of a server that is not there say so, and can be tried again', async (t) => {
    const server = await startLoopback(t, openAiAnswer);
    await server.leave();
    await assert.rejects(opened(t, { model: 'ollama', name: 'x', baseUrl: server.url }), {
      code: 'embeddings.server_failed',
      message: /cannot be reached/,
      retryable: true,
    });
  });

  it('of a server that is silent are given up when the signal says so, while it is being opened too', async (t) => {
    const given = new AbortController();
    const server = await startLoopback(t, () => {
      given.abort(new Error('nobody waits'));
      return { json: {}, cut: { afterBytes: 1, when: new Promise(() => undefined) } };
    });
    const settings = {
      model: 'openai-compatible' as const,
      name: 'test',
      baseUrl: `${server.url}/v1`,
      textsPerRequest: 2,
      idleMs: 20_000,
      callTimeoutMs: 600_000,
    };
    const { signal } = given;
    await assert.rejects(
      openEmbedder({ settings, env: {}, modelsFolder: '', clock: systemClock, signal }),
      /nobody waits/,
    );
  });

  it('need a name', async (t) => {
    for (const model of ['ollama', 'openai-compatible', 'onnx'] as const) {
      await assert.rejects(opened(t, { model }), { code: 'embeddings.model_unnamed' });
    }
  });
});
