import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { isAppError } from '../../../kernel/index.ts';
import { embeddingErrors } from '../errors.ts';
import type { Engine } from '../thread/engine.ts';
import { readTokenizer } from '../tokens/tokenizer-file.ts';
import { toUnitLength } from '../unit-length.ts';
import { maxTokens, type OnnxModel } from './onnx-model.ts';
import { loadOnnxRuntime, type OnnxRuntime, type OnnxSession } from './onnx-runtime.ts';

/** Inputs of BERT models: the tokens, and for each a constant. */
const inputs = { input_ids: undefined, attention_mask: 1n, token_type_ids: 0n } as const;

/** The runtime's own lines would get among ours; what matters comes as an error. */
const fatal = 4;

/**
 * Loads a model for the thread.
 * Errors: `embeddings.runtime_missing`, `embeddings.model_unusable`.
 */
export async function openOnnxEngine(model: OnnxModel): Promise<Engine> {
  const unusable = (reason: string, cause?: unknown) =>
    embeddingErrors.make('embeddings.model_unusable', { label: model.label, reason }, { cause });
  const runtime = await loadOnnxRuntime(model.label);
  const wordPieces = readTokenizer(model.tokenizerFile, await readFile(model.tokenizerFile, 'utf8'));
  if (wordPieces === undefined) throw unusable('its tokenizer is not of the BERT (WordPiece) kind');
  let session: OnnxSession;
  try {
    session = await openSession(runtime, model.modelFile);
  } catch (error) {
    throw unusable(`the runtime cannot read it (${messageOf(error)})`, error);
  }
  const unknown = session.inputNames.find((name) => !(name in inputs));
  if (unknown !== undefined) throw unusable(`it asks for "${unknown}", which text models do not`);

  return {
    async embed(text, kind) {
      const tokens = wordPieces(model[kind] + text, maxTokens);
      try {
        const answer = await session.run(feedsOf(runtime, session, tokens), { logSeverityLevel: fatal });
        const name = session.outputNames.includes('sentence_embedding')
          ? 'sentence_embedding'
          : session.outputNames[0]!;
        const { data, dims } = answer[name]!;
        if (!(data instanceof Float32Array)) throw unusable('its output is not of 32-bit numbers');
        return toUnitLength(pooled(data, dims.at(-1)!, model.pooling));
      } catch (error) {
        throw isAppError(error) ? error : unusable(`it failed on a text (${messageOf(error)})`, error);
      }
    },
  };
}

async function openSession(runtime: OnnxRuntime, file: string): Promise<OnnxSession> {
  // Threads of its own would not end with ours.
  if (runtime.env.wasm !== undefined) runtime.env.wasm.numThreads = 1;
  const intraOpNumThreads = Math.max(1, Math.floor(availableParallelism() / 2));
  return runtime.InferenceSession.create(file, {
    intraOpNumThreads,
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    logSeverityLevel: fatal,
  });
}

function feedsOf(runtime: OnnxRuntime, session: OnnxSession, tokens: Int32Array): Record<string, object> {
  const feed = (name: keyof typeof inputs) => {
    const constant = inputs[name];
    const values = BigInt64Array.from(tokens, (token) => constant ?? BigInt(token));
    return new runtime.Tensor('int64', values, [1, tokens.length]);
  };
  return Object.fromEntries(session.inputNames.map((name) => [name, feed(name as keyof typeof inputs)]));
}

/** One vector of what may be a vector for each token. */
function pooled(values: Float32Array, width: number, pooling: OnnxModel['pooling']): Float32Array {
  const vector = values.slice(0, width);
  if (pooling === 'mean') {
    for (let at = width; at < values.length; at += 1) vector[at % width]! += values[at]!;
  }
  return vector;
}

const messageOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
