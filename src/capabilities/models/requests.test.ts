import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startModelServer, type RecordedRequest } from '../../../test/support/model-servers/index.ts';
import { openTestModel, prompt } from './chain-model-fixture.ts';

const field = (request: RecordedRequest | undefined, ...path: string[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], request?.json);

describe('what is asked of a provider', () => {
  it('Ollama gets the size of the context, which it would otherwise cut prompts to', async (t) => {
    const server = await startModelServer(t, 'ollama', [{ reply: { text: 'a' } }, { reply: { text: 'b' } }]);
    const { model } = openTestModel(server.env);
    await model.doGenerate({ prompt, temperature: 0.2, maxOutputTokens: 500 });
    assert.deepEqual(field(server.requests[0], 'options'), {
      num_ctx: 32_768,
      num_predict: 500,
      temperature: 0.2,
    });

    const chain = [{ provider: 'ollama', model: server.model, context_tokens: 65_536 }];
    const larger = openTestModel({ ...server.env, TROUPE_MODEL: '' }, { chain });
    await larger.model.doGenerate({ prompt });
    assert.equal(field(server.requests[1], 'options', 'num_ctx'), 65_536);
  });

  it('Ollama is not asked at all when the prompt is longer than its context', async (t) => {
    const server = await startModelServer(t, 'ollama', []);
    const { model } = openTestModel(server.env);
    const long = [
      { role: 'user' as const, content: [{ type: 'text' as const, text: 'word '.repeat(20_000) }] },
    ];
    await assert.rejects(async () => model.doStream({ prompt: long }), {
      code: 'models.context_too_long',
      message: /about 33\d{3} tokens.*32768 tokens/,
    });
    assert.equal(server.requests.length, 0);
  });

  it('Anthropic is asked to cache the conversation, OpenAI not to keep it', async (t) => {
    const anthropic = await startModelServer(t, 'anthropic', [{ reply: { text: 'a' } }]);
    await openTestModel(anthropic.env).model.doGenerate({ prompt });
    assert.deepEqual(field(anthropic.requests[0], 'cache_control'), { type: 'ephemeral' });

    for (const protocol of ['openai', 'azure'] as const) {
      const server = await startModelServer(t, protocol, [{ reply: { text: 'a' } }]);
      await openTestModel(server.env).model.doGenerate({ prompt });
      assert.equal(field(server.requests[0], 'store'), false, protocol);
    }
  });

  it('the smallest of all limits of an answer counts', async (t) => {
    const server = await startModelServer(t, 'anthropic', [
      { reply: { text: 'a' } },
      { reply: { text: 'b' } },
    ]);
    await openTestModel(server.env).model.doGenerate({ prompt });
    assert.equal(field(server.requests[0], 'max_tokens'), 8_192);
    const chain = [{ provider: 'anthropic', model: server.model, max_output_tokens: 700 }];
    await openTestModel({ ...server.env, TROUPE_MODEL: '' }, { chain }).model.doGenerate({
      prompt,
      maxOutputTokens: 900,
    });
    assert.equal(field(server.requests[1], 'max_tokens'), 700);
  });

  it('[X12] nothing, when the budget has no room', async (t) => {
    const server = await startModelServer(t, 'anthropic', []);
    const { model } = openTestModel(server.env, { budget: { maxTokens: 1_000 } });
    await assert.rejects(async () => model.doStream({ prompt }), {
      code: 'models.budget_exceeded',
      remedy: /work\.max_tokens_per_job/,
    });
    const priceless = openTestModel(server.env, { budget: { maxCostUsd: 0.000_1 } });
    await assert.rejects(async () => priceless.model.doStream({ prompt }), {
      code: 'models.budget_exceeded',
    });
    assert.equal(server.requests.length, 0);
  });
});

describe('tracing', () => {
  it('[A22] tells each call in the words of the GenAI conventions, without prompt or answer', async (t) => {
    const usage = { inputTokens: 1_000, outputTokens: 100 };
    const server = await startModelServer(t, 'anthropic', [
      { reply: { text: 'the answer', usage } },
      { reply: { status: 400 } },
    ]);
    const chain = [{ provider: 'anthropic', model: 'claude-sonnet-5-5' }];
    const { model, spans } = openTestModel({ ...server.env, TROUPE_MODEL: '' }, { chain });
    await model.doGenerate({ prompt });
    await assert.rejects(async () => model.doGenerate({ prompt }));
    assert.equal(spans[0]?.name, 'chat claude-sonnet-5-5');
    assert.deepEqual(spans[0]?.attributes, {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-5-5',
      'gen_ai.request.max_tokens': 8_192,
      'server.address': '127.0.0.1',
      'gen_ai.usage.input_tokens': 1_000,
      'gen_ai.usage.output_tokens': 100,
      'troupe.usage.estimated': false,
      'troupe.cost_usd': 0.003,
      'gen_ai.response.finish_reasons': 'stop',
    });
    assert.equal(spans[1]?.errorCode, 'models.request_refused');
    assert.doesNotMatch(JSON.stringify(spans), /the answer|Review/);
  });
});
