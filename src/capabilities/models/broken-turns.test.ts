import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { isAppError } from '../../kernel/index.ts';
import {
  startModelServer,
  type ProtocolName,
  type ScriptedReply,
} from '../../../test/support/model-servers/index.ts';
import { openTestModel, prompt, readParts } from './chain-model-fixture.ts';
import { canBeMadeAgain } from './calls/broken-turns.ts';
import { steppedClock } from './testing.ts';

/** Makes the turn as a caller does: again, for as long as the chain has an attempt left for it. */
async function made(model: LanguageModelV4): Promise<{ text: string; error: unknown; calls: number }> {
  for (let calls = 1; ; calls++) {
    try {
      const { text, error } = await readParts(await model.doStream({ prompt }));
      if (!canBeMadeAgain(error)) return { text, error, calls };
    } catch (error) {
      return { text: '', error, calls };
    }
  }
}

const streamed = 'text/event-stream';
const half = { text: 'Half', ends: 'cut' } as const;

describe('a turn that fails', () => {
  const ways: [string, ScriptedReply, string][] = [
    ['HTML that says it is JSON', { rawBody: '<html>', contentType: 'application/json' }, 'stream_broken'],
    ['HTML that says it is a stream', { rawBody: '<html>', contentType: streamed }, 'stream_broken'],
    ['an empty stream', { rawBody: '', contentType: streamed }, 'stream_broken'],
    ['no content', { status: 204, rawBody: '', contentType: streamed }, 'stream_broken'],
    ['no stream of events', { rawBody: 'data: \u0000\n\n', contentType: streamed }, 'stream_broken'],
    [
      'an error before the first word',
      { ends: 'error', errorType: 'overloaded_error', afterEvents: 0 },
      'overloaded',
    ],
    ['an error after the first word', { text: 'Half', ends: 'error' }, 'overloaded'],
    ['a connection that breaks after the first word', half, 'stream_broken'],
  ];
  for (const protocol of ['anthropic', 'openai-compatible'] as ProtocolName[]) {
    for (const [what, reply, code] of ways) {
      it(`[X2] with ${what} is tried three times in all and told as it was (${protocol})`, async (t) => {
        const server = await startModelServer(t, protocol, [{ reply }, { reply }, { reply }]);
        const { model } = openTestModel(server.env, { limits: { retryDelayMs: 0 } });
        const { error } = await made(model);
        assert.ok(isAppError(error, `models.${code}`), String(error));
      });
    }
  }

  it('[X2] is counted as one, wherever it fails each time', async (t) => {
    const empty = { rawBody: '', contentType: streamed };
    const server = await startModelServer(t, 'openai-compatible', [
      { reply: half },
      { reply: empty },
      { reply: half },
    ]);
    const { model } = openTestModel(server.env, { limits: { retryDelayMs: 0 } });
    const { error, calls } = await made(model);
    assert.ok(isAppError(error, 'models.stream_broken'), String(error));
    assert.equal(calls, 2);
  });

  it('[X2] after its first words each time goes on with the next model', async (t) => {
    const poor = await startModelServer(t, 'openai', [{ reply: half }, { reply: half }, { reply: half }]);
    const good = await startModelServer(t, 'ollama', [{ reply: { text: 'fine' } }]);
    const { model } = openTestModel(
      { ...poor.env, ...good.env, TROUPE_MODEL: '' },
      { limits: { retryDelayMs: 0 }, chain: [{ provider: 'openai', model: 'm' }, { provider: 'ollama' }] },
    );
    assert.deepEqual(await made(model), { text: 'fine', error: undefined, calls: 4 });
  });

  it('after its first words waits before it is made again, as before any retry', async (t) => {
    const server = await startModelServer(t, 'anthropic', [{ reply: half }, { reply: { text: 'fine' } }]);
    const clock = steppedClock();
    const { model } = openTestModel(server.env, { clock });
    const { error } = await readParts(await model.doStream({ prompt }));
    assert.ok(canBeMadeAgain(error));
    const again = model.doStream({ prompt });
    await clock.sleeping((ms) => ms === 1_000);
    assert.equal(server.requests.length, 1);
    clock.step(1_000);
    assert.equal((await readParts(await again)).text, 'fine');
  });

  it('and has no other attempt leaves nothing to the next turn', async (t) => {
    const server = await startModelServer(t, 'anthropic', [{ reply: half }, { reply: half }]);
    const { model } = openTestModel(server.env, { limits: { maxRetries: 0 } });
    for (let turn = 0; turn < 2; turn++) assert.equal((await made(model)).calls, 1);
  });
});
