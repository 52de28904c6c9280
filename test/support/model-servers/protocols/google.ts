import { finishOf, inputText, textsOf, usageOf } from '../script.ts';
import { names, record, records, sse, type Protocol } from './protocol.ts';

const finishReasons = { stop: 'STOP', length: 'MAX_TOKENS', 'tool-calls': 'STOP', filtered: 'SAFETY' };
const call = /^\/v1beta\/models\/([^/:]+):streamGenerateContent\?alt=sse$/;

/** Google generateContent, streamed. */
export const google: Protocol = {
  basePath: '/v1beta',
  route: (method, path) =>
    method === 'POST' && call.test(path)
      ? 'chat'
      : method === 'GET' && path.startsWith('/v1beta/models')
        ? 'models'
        : undefined,
  keyOf: (headers) => headers['x-goog-api-key'],
  read(body, path) {
    const { contents, tools } = record(body);
    const assistantTurns = records(contents).filter(({ role }) => role === 'model').length;
    const declared = records(tools).flatMap((tool) => names(tool['functionDeclarations']));
    return { model: call.exec(path)?.[1] ?? '', assistantTurns, tools: declared };
  },
  encode(reply, model) {
    const usage = usageOf(reply);
    const chunk = (parts: object[], extra: object = {}, top: object = {}) =>
      sse({
        candidates: [{ content: { parts, role: 'model' }, index: 0, ...extra }],
        modelVersion: model,
        responseId: 'resp-1',
        ...top,
      });
    const events: string[] = [];
    if (reply.thinking !== undefined) events.push(chunk([{ text: reply.thinking, thought: true }]));
    for (const text of textsOf(reply)) events.push(chunk([{ text }]));
    let malformed = false;
    for (const { name, input } of reply.toolCalls ?? []) {
      if (typeof input === 'string') malformed = true;
      else events.push(chunk([{ functionCall: { name, args: JSON.parse(inputText(input)) as unknown } }]));
    }
    const finishReason = malformed ? 'MALFORMED_FUNCTION_CALL' : finishReasons[finishOf(reply)];
    const usageMetadata = usage && {
      promptTokenCount: usage.inputTokens,
      candidatesTokenCount: usage.outputTokens,
      cachedContentTokenCount: usage.cacheReadTokens ?? 0,
      totalTokenCount: usage.inputTokens + usage.outputTokens,
    };
    return {
      contentType: 'text/event-stream',
      events,
      end: [chunk([{ text: '' }], { finishReason }, { usageMetadata })],
      more: chunk([{ text: 'and on ' }]),
    };
  },
  streamError: (type, message) => sse({ error: { code: 503, message, status: type } }),
  errorBody: (status, type, message) => JSON.stringify({ error: { code: status, message, status: type } }),
  modelsBody: (models, path) => {
    const entries = models.map((name) => ({
      name: `models/${name}`,
      supportedGenerationMethods: ['generateContent'],
    }));
    return JSON.stringify(path === '/v1beta/models' ? { models: entries } : entries[0]);
  },
  env: (baseUrl, key, model) => ({
    GEMINI_API_KEY: key,
    GOOGLE_GENERATIVE_AI_BASE_URL: baseUrl,
    TROUPE_MODEL: `google/${model}`,
  }),
};
