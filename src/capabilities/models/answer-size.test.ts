import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAppError } from '../../kernel/index.ts';
import { startModelServer, type ProtocolName } from '../../../test/support/model-servers/index.ts';
import { openTestModel, prompt, readParts, readTool } from './chain-model-fixture.ts';
import { canBeMadeAgain } from './calls/broken-turns.ts';

const everyProtocol: ProtocolName[] = [
  'anthropic',
  'openai',
  'google',
  'azure',
  'openai-compatible',
  'ollama',
];

describe('an answer longer than it was asked for', () => {
  for (const protocol of everyProtocol) {
    it(`[X12] is stopped, told with both figures, and booked as far as it came (${protocol})`, async (t) => {
      const server = await startModelServer(t, protocol, [
        { reply: { text: Array.from({ length: 40 }, () => 'word '.repeat(400)), ends: 'endless' } },
      ]);
      const { model, budget } = openTestModel(server.env);
      const parts = await readParts(await model.doStream({ prompt, maxOutputTokens: 100 }));
      assert.ok(isAppError(parts.error, 'models.answer_too_long'), String(parts.error));
      assert.equal(parts.error.retryable, false);
      assert.match(parts.error.message, /stopped at about \d{4} tokens; it was asked for 100 at most/);
      assert.ok(parts.text.length > 1_000 && parts.text.length < 8_000, String(parts.text.length));
      assert.ok(budget.spent().outputTokens >= parts.text.length / 3, 'no less than what came');
      assert.equal(parts.finish, undefined);
      assert.ok(!canBeMadeAgain(parts.error));
      await server.disconnected.next();
    });
  }

  for (const protocol of ['anthropic', 'ollama'] as ProtocolName[]) {
    it(`is stopped when it is all tool calls (${protocol})`, async (t) => {
      const toolCalls = Array.from({ length: 9 }, (_, n) => ({
        name: 'read_file',
        input: { path: `${n}`.repeat(1_000) },
      }));
      const server = await startModelServer(t, protocol, [{ reply: { toolCalls, ends: 'stalled' } }]);
      const { model } = openTestModel(server.env);
      const parts = await readParts(
        await model.doStream({ prompt, tools: [readTool], maxOutputTokens: 100 }),
      );
      assert.ok(isAppError(parts.error, 'models.answer_too_long'), String(parts.error));
      assert.deepEqual(parts.calls, []);
    });
  }

  it('goes on with the next model, which the same call then reaches', async (t) => {
    const long = await startModelServer(t, 'openai', [{ reply: { text: 'word '.repeat(4_000) } }]);
    const good = await startModelServer(t, 'ollama', [{ reply: { text: 'fine' } }]);
    const { model, events } = openTestModel(
      { ...long.env, ...good.env, TROUPE_MODEL: '' },
      { chain: [{ provider: 'openai', model: 'm' }, { provider: 'ollama' }] },
    );
    const call = { prompt, maxOutputTokens: 100 };
    const { error } = await readParts(await model.doStream(call));
    assert.ok(isAppError(error, 'models.answer_too_long') && canBeMadeAgain(error));
    assert.equal((await readParts(await model.doStream(call))).text, 'fine');
    assert.match(JSON.stringify(events), /"attempt_failed","link":"openai\/m"/);
  });

  it('[X12] of one line that does not end is cut off at the bytes of the longest answer, and booked', async (t) => {
    const rawBody = `data: ${'g'.repeat(4 * 1024 * 1024)}`;
    const server = await startModelServer(t, 'openai-compatible', [
      { reply: { rawBody, contentType: 'text/event-stream' } },
    ]);
    const { model, budget } = openTestModel(server.env);
    await assert.rejects(
      async () => model.doStream({ prompt, maxOutputTokens: 100 }),
      (error) => isAppError(error, 'models.answer_too_long') && /stopped at \d{7} bytes/.test(error.message),
    );
    assert.ok(budget.spent().outputTokens >= 100 && budget.spent().estimated);
  });

  it('is not what a language with long letters writes up to its limit', async (t) => {
    const text = 'समीक्षा '.repeat(500);
    const server = await startModelServer(t, 'anthropic', [{ reply: { text, finish: 'length' } }]);
    const { model } = openTestModel(server.env);
    // Two or three tokens a word.
    const parts = await readParts(await model.doStream({ prompt, maxOutputTokens: 1_000 }));
    assert.equal(parts.text, text);
    assert.equal(parts.error, undefined);
  });
});
