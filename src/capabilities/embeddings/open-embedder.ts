import path from 'node:path';
import { ownFile, type Clock } from '../../kernel/index.ts';
import { builtInFolder, builtInModel } from './built-in/built-in-model.ts';
import type { Embedder } from './embedder.ts';
import type { EmbeddingSettings } from './embedding-settings.ts';
import { embeddingErrors } from './errors.ts';
import { findOnnxModel, type FoundOnnxModel } from './onnx/find-onnx-model.ts';
import { openThreadEmbedder, type ThreadEmbedderOptions } from './thread/thread-embedder.ts';

/** What an embedder is opened with; nothing of it is read before the first text. */
export interface EmbedderOptions {
  settings: EmbeddingSettings;
  env: NodeJS.ProcessEnv;
  /** Where `troupe models pull` puts models. */
  modelsFolder: string;
  clock: Clock;
  /** Gives up opening: a server or a model is asked for the size of its vectors. */
  signal?: AbortSignal;
}

const threadEntry = ownFile(import.meta.url, {
  source: './thread/embedding-thread.ts',
  built: './embedding-thread.js',
});

/**
 * Opens the embedder that the settings name; `undefined` when embeddings are off.
 * The built-in one is loaded by the first text. Others may embed a word at once, to learn the size of their vectors.
 * Errors: `embeddings.model_unnamed`, `embeddings.model_missing`, and what the model or server reports.
 */
export async function openEmbedder(options: EmbedderOptions): Promise<Embedder | undefined> {
  const { settings, env, clock, signal } = options;
  switch (settings.model) {
    case 'off':
      return undefined;
    case 'built-in': {
      const model = { engine: 'built-in', folder: builtInFolder.href } as const;
      return openThreadEmbedder({ ...builtInModel, ...inThread(options), model });
    }
    case 'onnx':
      return openOnnxEmbedder(options);
    case 'ollama':
    case 'openai-compatible': {
      const { model, name } = settings;
      if (name === undefined) {
        throw embeddingErrors.make('embeddings.model_unnamed', { model, settings: 'embeddings.name' });
      }
      const { openServerEmbedder } = await import('./server/server-embedder.ts');
      return openServerEmbedder({ settings: { ...settings, model, name }, env, clock, signal });
    }
  }
}

/** The model in ONNX form that the settings name. Errors: `embeddings.model_unnamed`, `embeddings.model_missing`. */
export async function onnxModelOf({ settings, modelsFolder }: EmbedderOptions): Promise<FoundOnnxModel> {
  const { path: place, name } = settings;
  if (place !== undefined) return findOnnxModel(place, undefined);
  if (name !== undefined) return findOnnxModel(path.join(modelsFolder, name), name);
  const facts = { model: 'onnx', settings: 'embeddings.path or embeddings.name' };
  throw embeddingErrors.make('embeddings.model_unnamed', facts);
}

async function openOnnxEmbedder(options: EmbedderOptions): Promise<Embedder> {
  const found = await onnxModelOf(options);
  const { label } = found.model;
  const open = (dimensions: number) =>
    openThreadEmbedder({
      id: `onnx/${label}@${found.revision}/${dimensions}/${found.model.pooling}`,
      label,
      dimensions,
      ...inThread(options),
      model: { engine: 'onnx', model: found.model },
    });
  if (found.dimensions !== undefined) return open(found.dimensions);
  const probe = open(0);
  try {
    const [vector] = await probe.embed(['dimensions'], 'query', { signal: options.signal });
    return open(vector!.length);
  } finally {
    await probe.close();
  }
}

function inThread({
  settings,
  clock,
}: EmbedderOptions): Pick<ThreadEmbedderOptions, 'entry' | 'idleMs' | 'silenceMs' | 'clock'> {
  return {
    entry: threadEntry,
    idleMs: settings.idleMs,
    silenceMs: settings.callTimeoutMs,
    clock,
  };
}
