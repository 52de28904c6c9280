import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import {
  defaultModelLimits,
  openChainModel,
  openJobBudget,
  resolveModelChain,
} from '../../../src/capabilities/models/index.ts';
import { systemClock } from '../../../src/kernel/index.ts';
import { openModelServer } from './index.ts';

const prompt: LanguageModelV4Prompt = [
  { role: 'user', content: [{ type: 'text', text: 'Review src/pay.ts' }] },
];

function clientOf(env: Record<string, string>) {
  const limits = { ...defaultModelLimits, maxRetries: 0 };
  const chain = resolveModelChain({ settings: {}, env });
  return openChainModel({ chain, env, limits, clock: systemClock, budget: openJobBudget({}) });
}

async function answerOf(env: Record<string, string>, conversation = prompt): Promise<string> {
  const { content } = await clientOf(env).doGenerate({ prompt: conversation });
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

describe('a scripted model server', () => {
  it('reports unexpected calls, wrong paths, unmet expectations and leftover steps', async (t) => {
    const server = await openModelServer('anthropic', [
      { expects: /never in it/, reply: { text: 'a' } },
      { reply: { text: 'left over' } },
    ]);
    t.after(() => server.close());
    await answerOf(server.env);
    await fetch(`${server.baseUrl}/complete`, { method: 'POST', body: '{}' });
    assert.match(
      server.violations().join('\n'),
      /call 0 is not as expected[^]*\/v1\/complete is no request[^]*1 scripted steps/,
    );

    const silent = await openModelServer('ollama', []);
    t.after(() => silent.close());
    await assert.rejects(answerOf(silent.env));
    assert.match(silent.violations().join('\n'), /call 0 was not expected/);
  });

  it('counts a turn as paid when it was answered to its end', async (t) => {
    const usage = { inputTokens: 30, outputTokens: 4 };
    const server = await openModelServer('google', [
      { reply: { text: 'whole', usage } },
      { reply: { text: 'half', ends: 'cut', usage } },
    ]);
    t.after(() => server.close());
    await answerOf(server.env);
    await assert.rejects(answerOf(server.env), { code: 'models.stream_broken' });
    assert.deepEqual(server.paid(), { turns: 1, ...usage });
    assert.equal((await server.disconnected.next()).index, 1);
  });

  it('refuses connections once it has left, also where its address is asked for again', async (t) => {
    const server = await openModelServer('anthropic', () => ({ text: 'there' }));
    t.after(() => server.close());
    assert.equal(await answerOf(server.env), 'there');
    await server.leave();
    const refused = { code: 'models.unreachable', message: /ECONNREFUSED/ };
    for (let asked = 0; asked < 2; asked++) await assert.rejects(answerOf(server.env), refused);
  });

  it('runs as a process of its own and tells at the end what was paid', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'model-server-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const script = join(folder, 'script.json');
    await writeFile(script, JSON.stringify([{ text: 'first' }, { text: 'second' }]));
    const serve = fileURLToPath(new URL('./serve.ts', import.meta.url));
    const child = spawn(process.execPath, [serve, '--protocol', 'openai-compatible', '--script', script]);
    t.after(() => child.kill());
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async () => JSON.parse((await lines.next()).value as string) as Record<string, unknown>;

    const { env } = (await next()) as { env: Record<string, string> };
    const spoken = { role: 'assistant' as const, content: [{ type: 'text' as const, text: 'first' }] };
    assert.equal(await answerOf(env), 'first');
    assert.equal(await answerOf(env, [...prompt, spoken, ...prompt]), 'second');
    child.stdin.end();
    assert.deepEqual([(await next())['assistant_turns'], (await next())['assistant_turns']], [0, 1]);
    assert.deepEqual(await next(), { paid: { turns: 2, inputTokens: 200, outputTokens: 40 } });
    await once(child, 'exit');
  });
});
