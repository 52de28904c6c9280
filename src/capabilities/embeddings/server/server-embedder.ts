import { isAppError, type Clock } from '../../../kernel/index.ts';
import { redactSecrets } from '../../analyzers/index.ts';
import { openServer, type OpenServer } from '../../models/index.ts';
import type { Embedder, EmbeddingKind } from '../embedder.ts';
import type { EmbeddingSettings } from '../embedding-settings.ts';
import { embeddingErrors } from '../errors.ts';
import { familyOf } from '../catalogue/model-family.ts';
import { toUnitLength } from '../unit-length.ts';
import { ollamaProtocol } from './ollama-protocol.ts';
import { openAiProtocol } from './openai-protocol.ts';
import type { ServerProtocol } from './server-protocol.ts';

export interface ServerEmbedderOptions {
  settings: EmbeddingSettings & { model: 'ollama' | 'openai-compatible'; name: string };
  env: NodeJS.ProcessEnv;
  clock: Clock;
  /** Gives up opening. */
  signal: AbortSignal | undefined;
}

/** No answer has a pause between two of its bytes, and none takes long to connect, whatever the whole may take. */
const connectTimeoutMs = 5_000;

/**
 * An embedder on a server. Opening it asks the server once, for the size of its vectors.
 * Guarantee: what goes to another machine has its secrets taken out.
 * Errors: `embeddings.server_failed`, `embeddings.bad_answer`; opening also those of the address and key (`models.*`).
 */
export async function openServerEmbedder(options: ServerEmbedderOptions): Promise<Embedder> {
  const { settings, env, clock } = options;
  const { name, callTimeoutMs } = settings;
  const protocol: ServerProtocol = settings.model === 'ollama' ? ollamaProtocol : openAiProtocol;
  const server = await openServer({
    settings: {
      provider: protocol.provider(settings.baseUrl),
      model: name,
      base_url: settings.baseUrl,
      key_env: settings.keyEnv,
    },
    origin: 'embeddings',
    limits: { connectTimeoutMs, idleTimeoutMs: callTimeoutMs, callTimeoutMs },
    env,
    clock,
  });
  const { label } = server;
  const family = familyOf(name);

  const embedBatch = async (
    texts: readonly string[],
    kind: EmbeddingKind,
    signal: AbortSignal | undefined,
  ) => {
    const sent = await Promise.all(texts.map((text) => presentable(server, family[kind] + text)));
    const answer = await asked(label, () => protocol.embed(server, name, sent, signal));
    if (answer?.length !== texts.length) {
      const got = answer === undefined ? 'something else' : `${answer.length}`;
      throw embeddingErrors.make('embeddings.bad_answer', {
        label,
        expected: `${texts.length} vectors`,
        got,
      });
    }
    return answer.map((vector) => toUnitLength(Float32Array.from(vector)));
  };

  const [probe] = await embedBatch(['dimensions'], 'query', options.signal);
  const dimensions = probe!.length;
  const revision = await asked(label, () => protocol.revision(server, name, options.signal));
  return {
    id: `${label}${revision === undefined ? '' : `@${revision}`}/${dimensions}`,
    label,
    dimensions,
    async embed(texts, kind, { signal } = {}) {
      signal?.throwIfAborted();
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += settings.textsPerRequest) {
        vectors.push(...(await embedBatch(texts.slice(at, at + settings.textsPerRequest), kind, signal)));
      }
      const odd = vectors.find((vector) => vector.length !== dimensions);
      if (odd === undefined) return vectors;
      const facts = { label, expected: `vectors of ${dimensions} numbers`, got: `one of ${odd.length}` };
      throw embeddingErrors.make('embeddings.bad_answer', facts);
    },
    close: () => Promise.resolve(),
  };
}

async function presentable(server: OpenServer, text: string): Promise<string> {
  return server.isLocal ? text : (await redactSecrets(text)).text;
}

/** The client's errors in this capability's words: the search asked for vectors, not for a model. */
async function asked<T>(label: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isAppError(error) || !error.code.startsWith('models.')) throw error;
    const facts = { label, said: error.message, remedy: error.remedy };
    throw embeddingErrors.make('embeddings.server_failed', facts, {
      cause: error,
      retryAfterMs: error.retryAfterMs,
    });
  }
}
