import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import { toProviderUsage } from './budget/usage.ts';
import { collectTurn } from './calls/collect-turn.ts';

export { steppedClock } from './stepped-clock-fixture.ts';
export type { SteppedClock } from './stepped-clock-fixture.ts';

/** A piece of an answer: text, thinking, or a tool call; `input` as a string is passed on as it is. */
export type ScriptedOutput =
  string | { thinking: string } | { tool: string; input: Record<string, unknown> | string };

/** One expected call and its answer. */
export interface ScriptedModelStep {
  /** Must match the conversation as JSON, or must not throw. */
  expects?: RegExp | ((call: LanguageModelV4CallOptions) => void);
  reply:
    | string
    | readonly ScriptedOutput[]
    | ((context: { signal: AbortSignal; call: LanguageModelV4CallOptions }) => AsyncIterable<ScriptedOutput>);
  /** Default: 100 in, 20 out. */
  usage?: { inputTokens: number; outputTokens: number };
}

/**
 * A language model in this process that follows a script.
 * An unexpected call is refused, and kept to be thrown again after the test, since a worker may swallow it; steps nobody
 * asked for fail there too.
 */
export function scriptedModel(
  t: Pick<TestContext, 'after'>,
  steps: readonly ScriptedModelStep[],
): LanguageModelV4 {
  const violations: unknown[] = [];
  let calls = 0;
  t.after(() => {
    if (violations.length > 0) throw violations[0];
    assert.equal(calls, steps.length, `${steps.length - calls} scripted steps were not asked for`);
  });

  const take = (call: LanguageModelV4CallOptions): ScriptedModelStep => {
    const step = steps[calls];
    calls += 1;
    try {
      assert.ok(step !== undefined, `call ${calls} of the scripted model was not expected`);
      if (step.expects instanceof RegExp) assert.match(JSON.stringify(call.prompt), step.expects);
      else step.expects?.(call);
      return step;
    } catch (violation) {
      violations.push(violation);
      throw violation;
    }
  };
  const stream = async (call: LanguageModelV4CallOptions) =>
    ReadableStream.from(partsOf(take(call), call, calls));
  return {
    specificationVersion: 'v4',
    provider: 'scripted',
    modelId: 'scripted',
    supportedUrls: {},
    doStream: async (call) => ({ stream: await stream(call) }),
    doGenerate: async (call) => collectTurn(await stream(call)),
  };
}

/** Resolves when the signal aborts. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function* partsOf(
  step: ScriptedModelStep,
  call: LanguageModelV4CallOptions,
  number: number,
): AsyncGenerator<LanguageModelV4StreamPart> {
  const signal = call.abortSignal ?? new AbortController().signal;
  const outputs =
    typeof step.reply === 'string'
      ? [step.reply]
      : typeof step.reply === 'function'
        ? step.reply({ signal, call })
        : step.reply;
  let position = 0;
  let called = false;
  yield { type: 'stream-start', warnings: [] };
  for await (const output of outputs) {
    signal.throwIfAborted();
    const id = `scripted-${number}-${(position += 1)}`;
    if (typeof output === 'object' && 'tool' in output) {
      called = true;
      const input = typeof output.input === 'string' ? output.input : JSON.stringify(output.input);
      yield { type: 'tool-call', toolCallId: id, toolName: output.tool, input };
      continue;
    }
    const kind = typeof output === 'string' ? 'text' : 'reasoning';
    yield { type: `${kind}-start`, id };
    yield { type: `${kind}-delta`, id, delta: typeof output === 'string' ? output : output.thinking };
    yield { type: `${kind}-end`, id };
  }
  signal.throwIfAborted();
  const usage = step.usage ?? { inputTokens: 100, outputTokens: 20 };
  yield {
    type: 'finish',
    finishReason: called ? { unified: 'tool-calls', raw: 'tool_calls' } : { unified: 'stop', raw: 'stop' },
    usage: toProviderUsage({ ...usage, cacheReadTokens: 0, cacheWriteTokens: 0, estimated: false }),
  };
}
