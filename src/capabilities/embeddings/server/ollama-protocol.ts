import { z } from 'zod';
import { vectorOnTheWire, type ServerProtocol } from './server-protocol.ts';

const embedAnswer = z.object({ embeddings: z.array(vectorOnTheWire) });
const tagsAnswer = z.object({
  models: z.array(z.object({ name: z.string(), digest: z.string().optional() })),
});

/** Ollama's own protocol, which cuts a text that is too long instead of refusing it. */
export const ollamaProtocol: ServerProtocol = {
  provider: () => 'ollama',
  async embed(server, name, texts, signal) {
    const body = { model: name, input: texts, truncate: true };
    return embedAnswer.safeParse(await server.json('/api/embed', { body, signal })).data?.embeddings;
  },
  async revision(server, name, signal) {
    const tags = tagsAnswer.safeParse(await server.json('/api/tags', { signal })).data?.models ?? [];
    const wanted = name.includes(':') ? name : `${name}:latest`;
    return tags.find((model) => model.name === wanted)?.digest?.slice(0, 12);
  },
};
