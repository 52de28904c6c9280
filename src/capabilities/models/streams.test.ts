import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { isAppError } from '../../kernel/index.ts';
import { startModelServer, type ProtocolName } from '../../../test/support/model-servers/index.ts';
import { protocols } from '../../../test/support/model-servers/model-server.ts';
import { openTestModel, prompt, readParts, readTool } from './chain-model-fixture.ts';
import { steppedClock } from './testing.ts';

const everyProtocol: ProtocolName[] = [
  'anthropic',
  'openai',
  'google',
  'azure',
  'openai-compatible',
  'ollama',
];
const call = { name: 'read_file', input: { path: 'a.ts' } };

describe('a stream that breaks off', () => {
  for (const protocol of everyProtocol) {
    for (const ends of ['cut', 'unfinished'] as const) {
      it(`after text is reported in the stream, with no tool call and no end (${protocol}, ${ends})`, async (t) => {
        const server = await startModelServer(t, protocol, [
          { reply: { text: ['Half an ans'], toolCalls: [call], ends } },
        ]);
        const { model, budget } = openTestModel(server.env);
        const parts = await readParts(await model.doStream({ prompt, tools: [readTool] }));
        assert.equal(parts.text, 'Half an ans');
        assert.equal(parts.finish, undefined);
        assert.deepEqual(parts.calls, []);
        assert.ok(isAppError(parts.error, 'models.stream_broken'), String(parts.error));
        assert.ok(parts.error.retryable);
        assert.ok(budget.spent().estimated && budget.spent().outputTokens > 0);
      });
    }

    it(`is repeated by doGenerate, of whose answer nobody saw the first half (${protocol})`, async (t) => {
      const server = await startModelServer(t, protocol, [
        { reply: { text: 'Half', ends: 'cut' } },
        { reply: { text: 'The whole answer' } },
      ]);
      const { model } = openTestModel(server.env, { limits: { retryDelayMs: 0 } });
      const { content } = await model.doGenerate({ prompt });
      assert.deepEqual(
        content.map((part) => part.type === 'text' && part.text),
        ['The whole answer'],
      );
    });
  }

  it('before its first word is repeated without anybody noticing', async (t) => {
    const server = await startModelServer(t, 'anthropic', [
      { reply: { text: 'x', ends: 'cut', afterEvents: 1 } },
      { reply: { ends: 'error', errorType: 'overloaded_error', afterEvents: 1 } },
      { reply: { text: 'fine' } },
    ]);
    const { model } = openTestModel(server.env, { limits: { retryDelayMs: 0 } });
    const parts = await readParts(await model.doStream({ prompt }));
    assert.equal(parts.text, 'fine');
    assert.equal(parts.error, undefined);
  });

  for (const protocol of ['anthropic', 'openai', 'openai-compatible', 'ollama'] as ProtocolName[]) {
    it(`with an error event is reported as what it is (${protocol})`, async (t) => {
      const reply = {
        text: 'Half',
        ends: 'error',
        errorType: 'overloaded_error',
        errorMessage: 'busy',
      } as const;
      const server = await startModelServer(t, protocol, [{ reply }]);
      const { model } = openTestModel(server.env);
      const { error } = await readParts(await model.doStream({ prompt }));
      assert.ok(isAppError(error) && error.retryable, String(error));
      assert.match(error.code, /models\.(overloaded|stream_broken)/);
    });
  }
});

describe('an answer that is withheld', () => {
  for (const protocol of ['anthropic', 'openai', 'google', 'azure', 'openai-compatible'] as ProtocolName[]) {
    it(`ends with that reason and keeps its text (${protocol})`, async (t) => {
      const server = await startModelServer(t, protocol, [{ reply: { text: 'Half', finish: 'filtered' } }]);
      const { model } = openTestModel(server.env);
      const { text, finish } = await readParts(await model.doStream({ prompt }));
      assert.equal(text, 'Half');
      assert.equal(finish?.finishReason.unified, 'content-filter');
    });
  }
});

/** A whole answer with one more event behind its first. */
function withEvent(protocol: ProtocolName, added: string): string {
  const { events, end } = protocols[protocol].encode({ text: ['Half ', 'and half'] }, 'm');
  return [events[0], added, ...events.slice(1), added, ...end].join('');
}

describe('an event nobody knows', () => {
  const added: [ProtocolName, string][] = [
    ['anthropic', 'event: cost_update\ndata: {"type":"cost_update","usd":1}\n\n'],
    ['anthropic', 'data: {"relay":"x"}\n\n'],
    ['openai-compatible', 'data: {"object":"x.progress"}\n\n'],
    ['openai', 'event: response.novel\ndata: {"type":"response.novel"}\n\n'],
    ['google', 'data: {"novel":1}\n\n'],
  ];
  for (const [protocol, event] of added) {
    it(`in the middle of an answer is skipped (${protocol}: ${event.trim().split('\n').at(-1)})`, async (t) => {
      const rawBody = withEvent(protocol, event);
      const server = await startModelServer(t, protocol, [
        { reply: { rawBody, contentType: 'text/event-stream' } },
      ]);
      const { model } = openTestModel(server.env);
      const { text, error, finish } = await readParts(await model.doStream({ prompt }));
      assert.equal(error, undefined);
      assert.equal(text, 'Half and half');
      assert.equal(finish?.finishReason.unified, 'stop');
    });
  }

  it('is not one of the answer that cannot be read: that breaks the turn', async (t) => {
    const event = 'data: {"type":"content_block_delta","index":"none"}\n\n';
    const server = await startModelServer(t, 'anthropic', [
      { reply: { rawBody: withEvent('anthropic', event), contentType: 'text/event-stream' } },
    ]);
    const { model } = openTestModel(server.env, { limits: { maxRetries: 0 } });
    await assert.rejects(async () => model.doStream({ prompt }), { code: 'models.stream_broken' });
  });
});

describe('an answer that is odd', () => {
  for (const protocol of ['anthropic', 'openai', 'azure', 'openai-compatible'] as ProtocolName[]) {
    it(`hands on a tool call with broken JSON as it came (${protocol})`, async (t) => {
      const broken = '{"path": "a.ts';
      const server = await startModelServer(t, protocol, [
        { reply: { toolCalls: [{ name: 'read_file', input: broken }] } },
      ]);
      const { model } = openTestModel(server.env);
      const { calls, error } = await readParts(await model.doStream({ prompt, tools: [readTool] }));
      assert.equal(error, undefined);
      assert.deepEqual(
        calls.map(({ toolName, input }) => [toolName, input]),
        [['read_file', broken]],
      );
    });
  }

  for (const protocol of everyProtocol) {
    it(`without usage gets an estimate that says so (${protocol})`, async (t) => {
      const server = await startModelServer(t, protocol, [
        { reply: { text: 'a long answer indeed', usage: 'none' } },
      ]);
      const { model, budget } = openTestModel(server.env);
      const { finish } = await readParts(await model.doStream({ prompt }));
      assert.ok((finish?.usage.inputTokens.total ?? 0) > 0);
      assert.ok((finish?.usage.outputTokens.total ?? 0) > 0);
      assert.equal(finish?.providerMetadata?.['troupe']?.['usageEstimated'], true);
      assert.ok(budget.spent().estimated);
    });
  }
});

describe('waiting', () => {
  it('ends after 60 s without a byte, and leaves the server', async (t) => {
    const server = await startModelServer(t, 'anthropic', [{ reply: { text: 'Half', ends: 'stalled' } }]);
    const clock = steppedClock();
    const { model } = openTestModel(server.env, { clock });
    const { stream } = await model.doStream({ prompt });
    const parts = readParts({ stream });
    clock.step(59_999);
    await clock.sleeping((ms) => ms <= 60_000);
    clock.step(60_000);
    const { error } = await parts;
    assert.ok(isAppError(error, 'models.timed_out'), String(error));
    assert.match(error.line, /not one byte within 60 s.*models\.idle_timeout_ms/);
    await server.disconnected.next();
  });

  it('for the first byte has the same limit', async (t) => {
    const server = await startModelServer(t, 'openai', [
      { reply: { beforeHeaders: () => new Promise(() => undefined) } },
    ]);
    const clock = steppedClock();
    const { model } = openTestModel(server.env, { clock, limits: { maxRetries: 0 } });
    const answer = model.doStream({ prompt });
    await server.requested.next();
    await clock.sleeping((ms) => ms === 60_000);
    clock.step(60_000);
    await assert.rejects(async () => answer, { code: 'models.timed_out' });
    await server.disconnected.next();
  });

  it('goes on as long as bytes come, up to the limit of the whole call', async (t) => {
    const words = Array.from({ length: 30 }, (_, n) => `word ${n} `);
    const read = words.map(() => Promise.withResolvers<undefined>());
    // After the two events that open the answer, each word waits until the one before it was read and half a minute passed.
    const beforeEvent = async (index: number) => read[index - 3]?.promise;
    const server = await startModelServer(t, 'anthropic', [{ reply: { text: words, beforeEvent } }]);
    const clock = steppedClock();
    const { model } = openTestModel(server.env, { clock });
    const { stream } = await model.doStream({ prompt });
    let wordsRead = 0;
    let error: unknown;
    for await (const part of stream) {
      if (part.type === 'text-delta') {
        clock.step(30_000);
        read[wordsRead]?.resolve(undefined);
        wordsRead += 1;
      }
      if (part.type === 'error') error = part.error;
    }
    assert.ok(isAppError(error, 'models.timed_out'), String(error));
    assert.match(error.line, /no complete answer within 600 s.*models\.call_timeout_ms/);
    assert.ok(wordsRead >= 20, String(wordsRead));
    await server.disconnected.next();
  });

  it('for a connection ends after 5 s', async (t) => {
    // Takes the connection and never says a word, so that the encryption is never agreed upon.
    const mute = createServer();
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const connected = new Promise<void>((resolve) =>
      mute.once('connection', (socket) => {
        t.after(() => void socket.destroy());
        resolve();
      }),
    );
    t.after(() => void mute.close());
    const { port } = mute.address() as AddressInfo;
    const env = {
      OPENAI_API_KEY: 'k',
      OPENAI_BASE_URL: `https://127.0.0.1:${port}`,
      TROUPE_MODEL: 'openai/m',
    };
    const clock = steppedClock();
    const { model } = openTestModel(env, { clock, limits: { maxRetries: 0 } });
    const answer = model.doStream({ prompt });
    await connected;
    await clock.sleeping((ms) => ms === 5_000);
    clock.step(5_000);
    await assert.rejects(
      async () => answer,
      (error) => isAppError(error) && /no connection within 5 s/.test(error.message),
    );
  });
});

describe('an abort', () => {
  for (const protocol of everyProtocol) {
    it(`closes the connection in the middle of an answer (${protocol})`, async (t) => {
      const server = await startModelServer(t, protocol, [{ reply: { text: 'and ', ends: 'endless' } }]);
      const { model, budget, events } = openTestModel(server.env);
      const stop = new AbortController();
      const { stream } = await model.doStream({ prompt, abortSignal: stop.signal });
      await assert.rejects(async () => {
        for await (const part of stream)
          if (part.type === 'text-delta') stop.abort(new Error('the person said stop'));
      }, /the person said stop/);
      await server.disconnected.next();
      assert.ok(budget.spent().outputTokens > 0);
      assert.equal(events.at(-1)?.type, 'call_failed');
    });
  }

  it('ends a call that still waits for its first byte', async (t) => {
    const server = await startModelServer(t, 'ollama', [
      { reply: { beforeHeaders: () => new Promise(() => undefined) } },
    ]);
    const { model } = openTestModel(server.env);
    const stop = new AbortController();
    const answer = model.doGenerate({ prompt, abortSignal: stop.signal });
    await server.requested.next();
    stop.abort(new Error('stop'));
    await assert.rejects(async () => answer, /^Error: stop$/);
    await server.disconnected.next();
  });

  it('ends the wait before a retry', async (t) => {
    const server = await startModelServer(t, 'openai', [{ reply: { status: 500 } }]);
    const clock = steppedClock();
    const { model } = openTestModel(server.env, { clock });
    const stop = new AbortController();
    const answer = model.doStream({ prompt, abortSignal: stop.signal });
    await clock.sleeping((ms) => ms === 1_000);
    stop.abort(new Error('stop'));
    await assert.rejects(async () => answer, /^Error: stop$/);
  });

  it('is what a reader does who leaves the stream', async (t) => {
    const server = await startModelServer(t, 'anthropic', [{ reply: { text: 'and ', ends: 'endless' } }]);
    const { model, events } = openTestModel(server.env);
    const { stream } = await model.doStream({ prompt });
    for await (const part of stream) if (part.type === 'text-delta') break;
    await server.disconnected.next();
    assert.equal(events.at(-1)?.type, 'call_failed');
  });
});
