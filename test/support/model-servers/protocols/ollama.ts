import { finishOf, textsOf, usageOf } from '../script.ts';
import { names, record, records, type Protocol } from './protocol.ts';

const line = (data: object) => `${JSON.stringify(data)}\n`;

/** Ollama's own chat protocol: one JSON object a line. */
export const ollama: Protocol = {
  basePath: '',
  route: (method, path) =>
    method === 'POST' && path === '/api/chat'
      ? 'chat'
      : method === 'GET' && path === '/api/tags'
        ? 'models'
        : undefined,
  // Ollama asks for no key.
  keyOf: () => undefined,
  read(body) {
    const { model, messages, tools } = record(body);
    const assistantTurns = records(messages).filter(({ role }) => role === 'assistant').length;
    return {
      model: String(model),
      assistantTurns,
      tools: names(records(tools).map((tool) => tool['function'])),
    };
  },
  encode(reply, model) {
    const head = { model, created_at: '2026-01-01T00:00:00Z' };
    const say = (message: object) =>
      line({ ...head, message: { role: 'assistant', content: '', ...message }, done: false });
    const events: string[] = [];
    if (reply.thinking !== undefined) events.push(say({ thinking: reply.thinking }));
    for (const content of textsOf(reply)) events.push(say({ content }));
    for (const { name, input } of reply.toolCalls ?? []) {
      // Ollama parses the model's JSON itself; what it cannot parse comes as text.
      if (typeof input === 'string') events.push(say({ content: input }));
      else events.push(say({ tool_calls: [{ function: { name, arguments: input } }] }));
    }
    const usage = usageOf(reply);
    const counts = usage && { prompt_eval_count: usage.inputTokens, eval_count: usage.outputTokens };
    const reason = finishOf(reply) === 'length' ? 'length' : 'stop';
    return {
      contentType: 'application/x-ndjson',
      events,
      end: [
        line({
          ...head,
          message: { role: 'assistant', content: '' },
          done: true,
          done_reason: reason,
          ...counts,
        }),
      ],
      more: say({ content: 'and on ' }),
    };
  },
  streamError: (_type, message) => line({ error: message }),
  errorBody: (_status, _type, message) => JSON.stringify({ error: message }),
  modelsBody: (models) => JSON.stringify({ models: models.map((name) => ({ name, model: name, size: 1 })) }),
  env: (baseUrl, _key, model) => ({
    OLLAMA_HOST: baseUrl,
    OLLAMA_MODEL: model,
    TROUPE_MODEL: `ollama/${model}`,
  }),
};
