import { finishOf, inputText, textsOf, usageOf, type ScriptedReply } from '../script.ts';
import { encodeChat, openaiChat } from './openai-chat.ts';
import { bearer, halves, names, record, records, sse, type EncodedReply, type Protocol } from './protocol.ts';

/** OpenAI: the responses API, and chat completions beside it. */
export const openai: Protocol = {
  ...openaiChat,
  route: (method, path) =>
    method === 'POST' && path === '/v1/responses' ? 'chat' : openaiChat.route(method, path),
  keyOf: bearer,
  read(body, path) {
    if (path.endsWith('/chat/completions')) return openaiChat.read(body, path);
    const { model, input, tools } = record(body);
    // One turn of the model is several items in a row.
    const byModel = records(input).map(
      ({ role, type }) => role === 'assistant' || /^(function_call|reasoning)$/.test(String(type)),
    );
    const spoken = byModel.filter((own, index) => own && byModel[index - 1] !== true);
    return { model: String(model), assistantTurns: spoken.length, tools: names(tools) };
  },
  encode: (reply, model) => encodeResponses(reply, model),
  streamError: (type, message) =>
    sse({ type: 'error', sequence_number: 99, code: type, message, param: null }, 'error'),
  env: (baseUrl, key, model) => ({
    OPENAI_API_KEY: key,
    OPENAI_BASE_URL: baseUrl,
    TROUPE_MODEL: `openai/${model}`,
  }),
};

/** Which of the two protocols was asked. */
export function encodeFor(path: string, reply: ScriptedReply, model: string): EncodedReply {
  return path.endsWith('/chat/completions') ? encodeChat(reply, model) : encodeResponses(reply, model);
}

const incompleteReasons = {
  stop: undefined,
  'tool-calls': undefined,
  length: 'max_output_tokens',
  filtered: 'content_filter',
};

function encodeResponses(reply: ScriptedReply, model: string): EncodedReply {
  const events: string[] = [];
  let sequence = 0;
  const make = (type: string, fields: object) =>
    sse({ type, sequence_number: (sequence += 1), ...fields }, type);
  const add = (type: string, fields: object) => events.push(make(type, fields));
  const response = (status: string, extra: object = {}) => ({
    response: { id: 'resp_1', object: 'response', created_at: 1, model, status, output: [], ...extra },
  });
  add('response.created', response('in_progress'));
  let output = -1;
  if (reply.thinking !== undefined) {
    output += 1;
    const id = 'rs_1';
    add('response.output_item.added', { output_index: output, item: { type: 'reasoning', id, summary: [] } });
    add('response.reasoning_summary_part.added', { item_id: id, output_index: output, summary_index: 0 });
    const at = { item_id: id, output_index: output, summary_index: 0 };
    add('response.reasoning_summary_text.delta', { ...at, delta: reply.thinking });
    const summary = [{ type: 'summary_text', text: reply.thinking }];
    add('response.output_item.done', {
      output_index: output,
      item: { type: 'reasoning', id, summary, encrypted_content: 'x' },
    });
  }
  const texts = textsOf(reply);
  const message = { type: 'message', id: 'msg_1', role: 'assistant' };
  if (texts.length > 0) {
    output += 1;
    add('response.output_item.added', {
      output_index: output,
      item: { ...message, status: 'in_progress', content: [] },
    });
    const at = { item_id: 'msg_1', output_index: output, content_index: 0 };
    for (const delta of texts) add('response.output_text.delta', { ...at, delta });
    const content = [{ type: 'output_text', text: texts.join(''), annotations: [] }];
    add('response.output_item.done', {
      output_index: output,
      item: { ...message, status: 'completed', content },
    });
  }
  for (const [index, call] of (reply.toolCalls ?? []).entries()) {
    output += 1;
    const text = inputText(call.input);
    const item = {
      type: 'function_call',
      id: `fc_${index + 1}`,
      call_id: `call_${index + 1}`,
      name: call.name,
    };
    add('response.output_item.added', {
      output_index: output,
      item: { ...item, arguments: '', status: 'in_progress' },
    });
    for (const delta of halves(text)) {
      add('response.function_call_arguments.delta', { item_id: item.id, output_index: output, delta });
    }
    add('response.output_item.done', {
      output_index: output,
      item: { ...item, arguments: text, status: 'completed' },
    });
  }
  const usage = usageOf(reply);
  const counts = usage && {
    input_tokens: usage.inputTokens,
    input_tokens_details: { cached_tokens: usage.cacheReadTokens ?? 0 },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
  const reason = incompleteReasons[finishOf(reply)];
  const cut = reason !== undefined;
  const last = { incomplete_details: cut ? { reason } : null };
  return {
    contentType: 'text/event-stream',
    events,
    end: [
      make(
        cut ? 'response.incomplete' : 'response.completed',
        response(cut ? 'incomplete' : 'completed', { ...last, usage: counts }),
      ),
    ],
    more: make('response.output_text.delta', {
      item_id: 'msg_1',
      output_index: 0,
      content_index: 0,
      delta: 'and on ',
    }),
  };
}
