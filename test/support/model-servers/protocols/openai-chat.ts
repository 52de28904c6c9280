import { finishOf, inputText, textsOf, usageOf, type ScriptedReply } from '../script.ts';
import { bearer, halves, names, record, records, sse, type EncodedReply, type Protocol } from './protocol.ts';

const finishReasons = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  filtered: 'content_filter',
};

/** OpenAI chat completions, streamed, as spoken by most other servers. */
export const openaiChat: Protocol = {
  basePath: '/v1',
  route: (method, path) =>
    method === 'POST' && path === '/v1/chat/completions'
      ? 'chat'
      : method === 'GET' && path.startsWith('/v1/models')
        ? 'models'
        : undefined,
  keyOf: bearer,
  read(body) {
    const { model, messages, tools } = record(body);
    const assistantTurns = records(messages).filter(({ role }) => role === 'assistant').length;
    return {
      model: String(model),
      assistantTurns,
      tools: names(records(tools).map((tool) => tool['function'])),
    };
  },
  encode: encodeChat,
  streamError: (type, message) => sse({ error: { message, type, code: null } }),
  errorBody: (_status, type, message) =>
    JSON.stringify({ error: { message, type, param: null, code: type } }),
  modelsBody: (models, path) => {
    const entries = models.map((id) => ({ id, object: 'model', created: 1, owned_by: 'test' }));
    return JSON.stringify(path === '/v1/models' ? { object: 'list', data: entries } : entries[0]);
  },
  env: (baseUrl, key, model) => ({
    OPENAI_COMPATIBLE_BASE_URL: baseUrl,
    OPENAI_COMPATIBLE_API_KEY: key,
    OPENAI_COMPATIBLE_MODEL: model,
    TROUPE_MODEL: `openai-compatible/${model}`,
  }),
};

export function encodeChat(reply: ScriptedReply, model: string): EncodedReply {
  const chunk = (delta: object, finish: string | null = null, extra: object = {}) =>
    sse({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1,
      model,
      choices: [{ index: 0, delta, finish_reason: finish }],
      ...extra,
    });
  const events = [chunk({ role: 'assistant', content: '' })];
  if (reply.thinking !== undefined) events.push(chunk({ reasoning_content: reply.thinking }));
  for (const text of textsOf(reply)) events.push(chunk({ content: text }));
  for (const [index, call] of (reply.toolCalls ?? []).entries()) {
    const [first = '', second = ''] = halves(inputText(call.input));
    const head = {
      index,
      id: `call_${index + 1}`,
      type: 'function',
      function: { name: call.name, arguments: first },
    };
    events.push(
      chunk({ tool_calls: [head] }),
      chunk({ tool_calls: [{ index, function: { arguments: second } }] }),
    );
  }
  const usage = usageOf(reply);
  const end = [chunk({}, finishReasons[finishOf(reply)])];
  if (usage !== undefined) {
    const counts = {
      prompt_tokens: usage.inputTokens,
      completion_tokens: usage.outputTokens,
      total_tokens: usage.inputTokens + usage.outputTokens,
      prompt_tokens_details: { cached_tokens: usage.cacheReadTokens ?? 0 },
    };
    end.push(
      sse({
        id: 'chatcmpl-1',
        object: 'chat.completion.chunk',
        created: 1,
        model,
        choices: [],
        usage: counts,
      }),
    );
  }
  return {
    contentType: 'text/event-stream',
    events,
    end: [...end, sse('[DONE]')],
    more: chunk({ content: 'and on ' }),
  };
}
