import { z } from 'zod';
import { vectorOnTheWire, type ServerProtocol } from './server-protocol.ts';

const embeddingsAnswer = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: vectorOnTheWire })),
});

/** What OpenAI and the many servers like it speak. */
export const openAiProtocol: ServerProtocol = {
  // At its own address it is OpenAI, whose key may go there and nowhere else.
  provider: (baseUrl = '') =>
    /^https:\/\/api\.openai\.com(\/|$)/.test(baseUrl) ? 'openai' : 'openai-compatible',
  async embed(server, name, texts, signal) {
    const body = { model: name, input: texts, encoding_format: 'float' };
    const answer = embeddingsAnswer.safeParse(await server.json('/embeddings', { body, signal })).data;
    return answer?.data.toSorted((one, other) => one.index - other.index).map(({ embedding }) => embedding);
  },
  revision: () => Promise.resolve(undefined),
};
