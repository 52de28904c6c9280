import type { LanguageModelV4CallOptions, LanguageModelV4Message } from '@ai-sdk/provider';

/** Asked for when the chain names none: room for a review, small enough for one graphics card. */
export const defaultContextTokens = 32_768;

interface OllamaMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string;
  thinking?: string;
  tool_calls?: { function: { name: string; arguments: unknown } }[];
  tool_name?: string;
}

/** The body of `POST /api/chat`. Always names `num_ctx`: without it Ollama cuts long prompts without a word. */
export function ollamaRequest(
  model: string,
  call: LanguageModelV4CallOptions,
  contextTokens: number,
): object {
  const tools = call.tools?.filter((tool) => tool.type === 'function') ?? [];
  return {
    model,
    messages: call.prompt.flatMap(toMessages),
    stream: true,
    ...(tools.length === 0 || call.toolChoice?.type === 'none'
      ? {}
      : {
          tools: tools.map(({ name, description, inputSchema }) => ({
            type: 'function',
            function: { name, description, parameters: inputSchema },
          })),
        }),
    ...(call.responseFormat?.type === 'json' ? { format: call.responseFormat.schema ?? 'json' } : {}),
    options: {
      num_ctx: contextTokens,
      num_predict: call.maxOutputTokens,
      temperature: call.temperature,
      top_p: call.topP,
      top_k: call.topK,
      seed: call.seed,
      stop: call.stopSequences,
    },
  };
}

function toMessages(message: LanguageModelV4Message): OllamaMessage[] {
  switch (message.role) {
    case 'system':
      return [{ role: 'system', content: message.content }];
    case 'user':
      return [{ role: 'user', content: textOf(message.content) }];
    case 'assistant': {
      const thinking = message.content
        .flatMap((part) => (part.type === 'reasoning' ? [part.text] : []))
        .join('');
      const calls = message.content.flatMap((part) =>
        part.type === 'tool-call' ? [{ function: { name: part.toolName, arguments: part.input } }] : [],
      );
      return [
        {
          role: 'assistant',
          content: textOf(message.content),
          ...(thinking === '' ? {} : { thinking }),
          ...(calls.length === 0 ? {} : { tool_calls: calls }),
        },
      ];
    }
    case 'tool':
      return message.content.flatMap((part) =>
        part.type === 'tool-result'
          ? [{ role: 'tool' as const, tool_name: part.toolName, content: outputText(part.output) }]
          : [],
      );
  }
}

function textOf(parts: readonly { type: string }[]): string {
  return parts
    .flatMap((part) => (part.type === 'text' ? [(part as unknown as { text: string }).text] : []))
    .join('\n');
}

function outputText(output: { type: string; value?: unknown }): string {
  return typeof output.value === 'string' ? output.value : JSON.stringify(output.value ?? null);
}
