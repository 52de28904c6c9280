import type { LanguageModelV4FinishReason, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { z } from 'zod';

const line = z.looseObject({
  error: z.string().optional(),
  model: z.string().optional(),
  message: z
    .looseObject({
      content: z.string().optional(),
      thinking: z.string().optional(),
      tool_calls: z
        .array(z.looseObject({ function: z.looseObject({ name: z.string(), arguments: z.unknown() }) }))
        .nullish(),
    })
    .optional(),
  done: z.boolean().optional(),
  done_reason: z.string().optional(),
  prompt_eval_count: z.int().optional(),
  eval_count: z.int().optional(),
});

type Line = z.infer<typeof line>;
type Parts = Generator<LanguageModelV4StreamPart, void, undefined>;

/**
 * Turns Ollama's lines of JSON into the parts of a model stream.
 * A stream without its `done` line ends as `interrupted`; a line that is not JSON, or an error, becomes an error part.
 */
export function ollamaParts(ids: () => string): {
  transform: TransformStream<string, LanguageModelV4StreamPart>;
} {
  let rest = '';
  let open: { kind: 'text' | 'reasoning'; id: string } | undefined;
  let calls = 0;
  let last: Line | undefined;

  const close = function* (): Parts {
    if (open !== undefined) yield { type: `${open.kind}-end`, id: open.id };
    open = undefined;
  };
  const say = function* (kind: 'text' | 'reasoning', delta: string | undefined): Parts {
    if (delta === undefined || delta === '') return;
    if (open?.kind !== kind) {
      yield* close();
      open = { kind, id: ids() };
      yield { type: `${kind}-start`, id: open.id };
    }
    yield { type: `${kind}-delta`, id: open.id, delta };
  };
  const read = function* (text: string): Parts {
    if (text.trim() === '') return;
    const parsed = parseLine(text);
    if (parsed === undefined)
      return yield { type: 'error', error: 'a line of the answer is not what Ollama sends' };
    if (parsed.error !== undefined) return yield { type: 'error', error: parsed.error };
    yield* say('reasoning', parsed.message?.thinking);
    yield* say('text', parsed.message?.content);
    for (const call of parsed.message?.tool_calls ?? []) {
      yield* close();
      calls += 1;
      const input = JSON.stringify(call.function.arguments ?? {});
      yield { type: 'tool-call', toolCallId: ids(), toolName: call.function.name, input };
    }
    if (parsed.done === true) last = parsed;
  };

  const transform = new TransformStream<string, LanguageModelV4StreamPart>({
    start: (controller) => controller.enqueue({ type: 'stream-start', warnings: [] }),
    transform(chunk, controller) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop()!;
      for (const text of lines) for (const part of read(text)) controller.enqueue(part);
    },
    flush(controller) {
      for (const part of [...read(rest), ...close()]) controller.enqueue(part);
      const usage = {
        inputTokens: {
          total: last?.prompt_eval_count,
          noCache: undefined,
          cacheRead: undefined,
          cacheWrite: undefined,
        },
        outputTokens: { total: last?.eval_count, text: undefined, reasoning: undefined },
      };
      controller.enqueue({ type: 'finish', finishReason: finishReason(last, calls > 0), usage });
    },
  });
  return { transform };
}

function parseLine(text: string): Line | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function finishReason(last: Line | undefined, called: boolean): LanguageModelV4FinishReason {
  if (last === undefined) return { unified: 'interrupted', raw: undefined };
  const raw = last.done_reason ?? 'stop';
  if (raw === 'length') return { unified: 'length', raw };
  return { unified: called ? 'tool-calls' : 'stop', raw };
}
