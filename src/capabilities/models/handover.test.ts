import assert from 'node:assert/strict';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { streamText, tool } from 'ai';
import { z } from 'zod';
import { startModelServer, type ProtocolName } from '../../../test/support/model-servers/index.ts';
import { openTestModel, prompt } from './chain-model-fixture.ts';

const hosts: ProtocolName[] = ['anthropic', 'openai', 'google', 'openai-compatible', 'ollama'];

describe('a conversation that changes providers in the middle', () => {
  for (const first of hosts) {
    for (const second of hosts.filter((name) => name !== first)) {
      it(`keeps its tool calls and results (${first}, then ${second})`, async (t) => {
        const leaving = await startModelServer(t, first, [
          {
            reply: {
              thinking: 'Add them.',
              text: 'One moment.',
              toolCalls: [{ name: 'add', input: { a: 2, b: 3 } }],
            },
          },
          { reply: { status: 503 } },
        ]);
        const taking = await startModelServer(t, second, [
          {
            expects(request) {
              assert.match(request.body, /One moment\./);
              assert.match(request.body, /sum is 5/);
              assert.ok(request.assistantTurns >= 1);
            },
            reply: { text: 'It is 5.' },
          },
        ]);
        const chain = [leaving, taking].map((server, index) => ({
          provider: [first, second][index]!,
          model: server.model,
        }));
        const { model, events } = openTestModel(
          { ...leaving.env, ...taking.env, TROUPE_MODEL: '' },
          { chain, limits: { maxRetries: 0 } },
        );
        const add = tool({
          inputSchema: z.object({ a: z.number(), b: z.number() }),
          execute: ({ a, b }) => `sum is ${a + b}`,
        });
        const result = streamText({
          model,
          maxRetries: 0,
          prompt: 'Add.',
          tools: { add },
          stopWhen: ({ steps }) => steps.length === 2,
        });
        assert.equal(await result.text, 'It is 5.');
        assert.deepEqual(
          (await result.steps).flatMap(({ warnings }) => warnings ?? []),
          [],
        );
        assert.doesNotMatch(JSON.stringify(events), /Add them|One moment|sum is/);
      });
    }
  }
});

describe('a proxy named by the environment', () => {
  it('carries calls to other machines, and no calls to this one', async (t) => {
    const server = await startModelServer(t, 'anthropic', [
      { reply: { text: 'through' } },
      { reply: { text: 'direct' } },
    ]);
    const carried: string[] = [];
    const proxy = createServer((incoming, outgoing) => {
      const asked = new URL(incoming.url ?? '');
      carried.push(asked.host);
      const { method, headers } = incoming;
      const onward = forward(new URL(asked.pathname, server.baseUrl), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    t.after(() => void proxy.close());
    const { port } = proxy.address() as AddressInfo;
    const env = { ...server.env, HTTP_PROXY: `http://127.0.0.1:${port}` };

    await openTestModel({ ...env, ANTHROPIC_BASE_URL: 'http://models.example' }).model.doGenerate({ prompt });
    await openTestModel(env).model.doGenerate({ prompt });
    assert.deepEqual(carried, ['models.example']);
  });
});
