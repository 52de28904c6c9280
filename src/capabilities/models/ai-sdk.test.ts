import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { streamText, tool } from 'ai';
import { z } from 'zod';
import { isAppError } from '../../kernel/index.ts';
import { startModelServer } from '../../../test/support/model-servers/index.ts';
import { openTestModel } from './chain-model-fixture.ts';

describe('the chain under the AI SDK', () => {
  it('runs a tool loop', async (t) => {
    const server = await startModelServer(t, 'anthropic', [
      { reply: { toolCalls: [{ name: 'add', input: { a: 2, b: 3 } }] } },
      { expects: /"content":"5"/, reply: { text: 'It is 5.' } },
    ]);
    const { model } = openTestModel(server.env);
    const add = tool({
      inputSchema: z.object({ a: z.number(), b: z.number() }),
      execute: ({ a, b }) => a + b,
    });
    const result = streamText({
      model,
      maxRetries: 0,
      prompt: 'Add.',
      tools: { add },
      stopWhen: ({ steps }) => steps.length === 2,
    });
    assert.equal(await result.text, 'It is 5.');
    assert.equal((await result.usage).inputTokens, 200);
  });

  it('runs no tool of a turn that broke off, and hands the error to the caller', async (t) => {
    const server = await startModelServer(t, 'openai', [
      { reply: { text: 'Adding.', toolCalls: [{ name: 'add', input: {} }], ends: 'cut' } },
    ]);
    const { model } = openTestModel(server.env);
    let ran = 0;
    const add = tool({ inputSchema: z.object({}), execute: () => (ran += 1) });
    const errors: unknown[] = [];
    const result = streamText({
      model,
      maxRetries: 0,
      prompt: 'Add.',
      tools: { add },
      onError: ({ error }) => void errors.push(error),
    });
    await result.consumeStream();
    assert.equal(ran, 0);
    assert.equal(errors.length, 1);
    assert.ok(isAppError(errors[0], 'models.stream_broken'));
    assert.ok(errors[0].retryable);
  });
});

describe('start-up', () => {
  it('loads neither the AI SDK, nor a provider, nor the HTTP client', () => {
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
      await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
      process.stdout.write(JSON.stringify(loaded));`;
    const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    assert.equal(child.status, 0, child.stderr);
    const loaded = JSON.parse(child.stdout) as string[];
    assert.ok(loaded.length > 10);
    const heavy = loaded.filter((url) =>
      /node:https?$|guarded-fetch|node_modules\/(ai|@ai-sdk|zod)\//.test(url),
    );
    assert.deepEqual(heavy, []);
  });
});
