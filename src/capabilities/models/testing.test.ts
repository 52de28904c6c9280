import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prompt, readParts } from './chain-model-fixture.ts';
import { scriptedModel, untilAborted } from './testing.ts';

/** Stands in for a test, so that its end can be looked at. */
function finishingTest() {
  const hooks: (() => unknown)[] = [];
  return {
    t: { after: (hook: () => unknown) => void hooks.push(hook) },
    finish: () => hooks.forEach((hook) => hook()),
  };
}

describe('scriptedModel', () => {
  it('answers step by step with text, thinking and tool calls', async (t) => {
    const model = scriptedModel(t, [
      {
        expects: /pay\.ts/,
        reply: [{ thinking: 'hm' }, 'Found it.', { tool: 'read_file', input: { path: 'a' } }],
      },
      { reply: 'done', usage: { inputTokens: 7, outputTokens: 3 } },
    ]);
    const first = await readParts(await model.doStream({ prompt }));
    assert.equal(first.text, 'Found it.');
    assert.deepEqual(
      first.calls.map(({ toolName, input }) => [toolName, input]),
      [['read_file', '{"path":"a"}']],
    );
    assert.equal(first.finish?.finishReason.unified, 'tool-calls');
    const second = await model.doGenerate({ prompt });
    assert.equal(second.usage.inputTokens.total, 7);
  });

  it('refuses an unexpected call, and fails the test though the caller swallowed it', async () => {
    const { t, finish } = finishingTest();
    const model = scriptedModel(t, []);
    await assert.rejects(
      async () => model.doStream({ prompt }),
      /call 1 of the scripted model was not expected/,
    );
    assert.throws(finish, /not expected/);
  });

  it('fails the test when a call is not as expected', async () => {
    const { t, finish } = finishingTest();
    const model = scriptedModel(t, [{ expects: /something else/, reply: 'x' }]);
    await assert.rejects(async () => model.doStream({ prompt }), /something else/);
    assert.throws(finish, /something else/);
  });

  it('fails the test when steps are left over', () => {
    const { t, finish } = finishingTest();
    scriptedModel(t, [{ reply: 'never asked for' }]);
    assert.throws(finish, /1 scripted steps were not asked for/);
  });

  it('stops where the caller aborts', async (t) => {
    const stop = new AbortController();
    const model = scriptedModel(t, [
      {
        async *reply({ signal }) {
          yield 'so far';
          await untilAborted(signal);
        },
      },
    ]);
    const { stream } = await model.doStream({ prompt, abortSignal: stop.signal });
    await assert.rejects(async () => {
      for await (const part of stream) if (part.type === 'text-delta') stop.abort(new Error('enough'));
    }, /enough/);
  });
});
