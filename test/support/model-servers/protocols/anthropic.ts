import { finishOf, inputText, textsOf, usageOf } from '../script.ts';
import { halves, names, record, records, sse, type Protocol } from './protocol.ts';

const event = (type: string, fields: object) => sse({ type, ...fields }, type);
const stopReasons = { stop: 'end_turn', length: 'max_tokens', 'tool-calls': 'tool_use', filtered: 'refusal' };

/** Anthropic Messages, streamed. */
export const anthropic: Protocol = {
  basePath: '/v1',
  route: (method, path) =>
    method === 'POST' && path === '/v1/messages'
      ? 'chat'
      : method === 'GET' && path.startsWith('/v1/models')
        ? 'models'
        : undefined,
  keyOf: (headers) => (headers['anthropic-version'] === undefined ? undefined : headers['x-api-key']),
  read(body) {
    const { model, messages, tools } = record(body);
    const assistantTurns = records(messages).filter(({ role }) => role === 'assistant').length;
    return { model: String(model), assistantTurns, tools: names(tools) };
  },
  encode(reply, model) {
    const usage = usageOf(reply);
    const events = [
      event('message_start', {
        message: {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: {
            input_tokens:
              (usage?.inputTokens ?? 0) - (usage?.cacheReadTokens ?? 0) - (usage?.cacheWriteTokens ?? 0),
            cache_read_input_tokens: usage?.cacheReadTokens ?? 0,
            cache_creation_input_tokens: usage?.cacheWriteTokens ?? 0,
            output_tokens: 0,
          },
        },
      }),
    ];
    let index = 0;
    const block = (start: object, deltas: object[]) => {
      events.push(event('content_block_start', { index, content_block: start }));
      for (const delta of deltas) events.push(event('content_block_delta', { index, delta }));
      events.push(event('content_block_stop', { index }));
      index += 1;
    };
    if (reply.thinking !== undefined) {
      const deltas = halves(reply.thinking).map((thinking) => ({ type: 'thinking_delta', thinking }));
      block({ type: 'thinking', thinking: '' }, [...deltas, { type: 'signature_delta', signature: 'c2ln' }]);
    }
    const texts = textsOf(reply);
    if (texts.length > 0) {
      block(
        { type: 'text', text: '' },
        texts.map((text) => ({ type: 'text_delta', text })),
      );
    }
    for (const [position, call] of (reply.toolCalls ?? []).entries()) {
      const deltas = halves(inputText(call.input)).map((partial) => ({
        type: 'input_json_delta',
        partial_json: partial,
      }));
      block({ type: 'tool_use', id: `toolu_${position + 1}`, name: call.name, input: {} }, deltas);
    }
    const delta = { stop_reason: stopReasons[finishOf(reply)], stop_sequence: null };
    return {
      contentType: 'text/event-stream',
      events,
      end: [
        event('message_delta', { delta, usage: { output_tokens: usage?.outputTokens ?? 0 } }),
        event('message_stop', {}),
      ],
      more: event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'and on ' } }),
    };
  },
  streamError: (type, message) => event('error', { error: { type, message } }),
  errorBody: (_status, type, message) => JSON.stringify({ type: 'error', error: { type, message } }),
  modelsBody: (models, path) => {
    const entries = models.map((id) => ({
      type: 'model',
      id,
      display_name: id,
      created_at: '2026-01-01T00:00:00Z',
    }));
    return JSON.stringify(path === '/v1/models' ? { data: entries, has_more: false } : entries[0]);
  },
  env: (baseUrl, key, model) => ({
    ANTHROPIC_API_KEY: key,
    ANTHROPIC_BASE_URL: baseUrl,
    TROUPE_MODEL: `anthropic/${model}`,
  }),
};
