import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startModelServer, type ProtocolName } from '../../../test/support/model-servers/index.ts';
import { openTestModel, prompt, readTool, readParts } from './chain-model-fixture.ts';

const everyProtocol: ProtocolName[] = [
  'anthropic',
  'openai',
  'google',
  'azure',
  'openai-compatible',
  'ollama',
];

describe('a chain of one model, on the real wire protocol', () => {
  for (const protocol of everyProtocol) {
    it(`[X2] streams text, thinking and usage from ${protocol}`, async (t) => {
      const usage = { inputTokens: 1_000, outputTokens: 50 };
      const server = await startModelServer(t, protocol, [
        { expects: /Review src\/pay\.ts/, reply: { thinking: 'Hm. ', text: ['Two ', 'findings'], usage } },
      ]);
      const { model, budget } = openTestModel(server.env);
      const parts = await readParts(await model.doStream({ prompt }));

      assert.equal(parts.text, 'Two findings');
      assert.equal(parts.finish?.finishReason.unified, 'stop');
      assert.equal(parts.finish?.usage.inputTokens.total, 1_000);
      assert.equal(parts.finish?.usage.outputTokens.total, 50);
      assert.deepEqual({ ...budget.spent(), costUsd: 0 }, { ...usage, costUsd: 0, estimated: false });
      assert.equal(server.requests[0]?.model, server.model);
    });

    it(`[X2] carries tool calls to and from ${protocol}`, async (t) => {
      const server = await startModelServer(t, protocol, [
        {
          expects: (request) => assert.deepEqual(request.tools, ['read_file']),
          reply: { text: 'Looking.', toolCalls: [{ name: 'read_file', input: { path: 'a.ts' } }] },
        },
        { expects: /const price = 1/, reply: (request) => ({ text: `turn ${request.assistantTurns + 1}` }) },
      ]);
      const { model } = openTestModel(server.env);
      const first = await readParts(await model.doStream({ prompt, tools: [readTool] }));
      const [call] = first.calls;
      assert.equal(call?.toolName, 'read_file');
      assert.deepEqual(JSON.parse(call?.input ?? ''), { path: 'a.ts' });
      assert.equal(first.finish?.finishReason.unified, 'tool-calls');

      assert.ok(call);
      const { toolCallId, toolName } = call;
      const second = await model.doGenerate({
        tools: [readTool],
        prompt: [
          ...prompt,
          {
            role: 'assistant',
            content: [{ type: 'tool-call', toolCallId, toolName, input: { path: 'a.ts' } }],
          },
          {
            role: 'tool',
            content: [
              {
                type: 'tool-result',
                toolCallId,
                toolName,
                output: { type: 'text', value: 'const price = 1' },
              },
            ],
          },
        ],
      });
      assert.deepEqual(
        second.content.map((part) => part.type === 'text' && part.text),
        ['turn 2'],
      );
    });
  }
});
