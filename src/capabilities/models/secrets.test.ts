import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import {
  startModelServer,
  type ProtocolName,
  type ScriptedReply,
} from '../../../test/support/model-servers/index.ts';
import { openTestModel, prompt, readParts } from './chain-model-fixture.ts';

const key = 'sk-live-4f9aQ/zT+7 secret'.replace(' ', '-');

/** Everything a curious reader can find in a value: messages, stacks, causes, properties, hidden ones too. */
function everythingIn(value: unknown): string {
  return inspect(value, { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null });
}

describe('a key', () => {
  const echoes: [string, ScriptedReply][] = [
    ['an error message', { status: 400, errorMessage: `you sent ${key}, which is odd` }],
    ['an error type', { status: 500, errorType: key, errorMessage: key }],
    ['a body that is no JSON', { rawBody: key, contentType: 'text/html', status: 503 }],
    ['an answer of another kind', { rawBody: key, contentType: 'text/html' }],
    ['broken JSON in the stream', { rawBody: `data: {"key": "${key}\n\n`, contentType: 'text/event-stream' }],
    ['an error event', { text: 'x', ends: 'error', errorType: 'api_error', errorMessage: `bad ${key}` }],
    ['headers', { status: 401, headers: { 'www-authenticate': key, 'retry-after': key } }],
    [
      'a redirect',
      { status: 302, headers: { location: `http://127.0.0.1:1/?key=${encodeURIComponent(key)}` } },
    ],
  ];
  for (const protocol of [
    'anthropic',
    'openai',
    'google',
    'azure',
    'openai-compatible',
    'ollama',
  ] as ProtocolName[]) {
    it(`that the server sends back is in no error, event or span (${protocol})`, async (t) => {
      const server = await startModelServer(
        t,
        protocol,
        echoes.map(([, reply]) => ({ reply })),
        { key },
      );
      const env = { ...server.env, OLLAMA_API_KEY: key };
      const { model, events, spans } = openTestModel(env, {
        limits: { maxRetries: 0, breakerFailures: 100 },
      });
      for (const [where] of echoes) {
        let failure: unknown;
        try {
          failure = (await readParts(await model.doStream({ prompt }))).error;
        } catch (error) {
          failure = error;
        }
        assert.ok(failure instanceof Error, where);
        const seen = everythingIn([failure, events, spans]);
        for (const form of [key, encodeURIComponent(key)])
          assert.ok(!seen.includes(form), `${where}: ${seen}`);
        assert.ok(!seen.includes('Review src/pay.ts'), `${where}: the prompt is in it`);
      }
    });
  }

  it('with spaces or line breaks inside is refused before anything is sent', async (t) => {
    const server = await startModelServer(t, 'anthropic', []);
    const { model } = openTestModel({ ...server.env, ANTHROPIC_API_KEY: 'two\nlines' });
    await assert.rejects(async () => model.doStream({ prompt }), { code: 'models.key_malformed' });
    assert.equal(server.requests.length, 0);
  });

  it('that is none leaves its model out, and the next one answers: an event names the variable', async (t) => {
    const first = await startModelServer(t, 'anthropic', []);
    const next = await startModelServer(t, 'ollama', [{ reply: { text: 'fine' } }]);
    const { model, events } = openTestModel(
      { ...first.env, ...next.env, ANTHROPIC_API_KEY: 'two words', TROUPE_MODEL: '' },
      { chain: [{ provider: 'anthropic', model: 'm' }, { provider: 'ollama' }] },
    );
    assert.equal((await readParts(await model.doStream({ prompt }))).text, 'fine');
    assert.partialDeepStrictEqual(
      events.find(({ type }) => type === 'attempt_failed'),
      { code: 'models.key_malformed', retryInMs: undefined },
    );
    assert.match(JSON.stringify(events), /ANTHROPIC_API_KEY holds spaces/);
    assert.equal(first.requests.length, 0);
  });

  it('with a line break at its end is used without it', async (t) => {
    const server = await startModelServer(t, 'anthropic', [{ reply: { text: 'fine' } }]);
    const { model } = openTestModel({ ...server.env, ANTHROPIC_API_KEY: `${server.key}\n` });
    assert.equal((await readParts(await model.doStream({ prompt }))).text, 'fine');
  });
});
