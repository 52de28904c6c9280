import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../../kernel/index.ts';
import { knownModels, type KnownModel } from '../catalogue/known-models.ts';
import { embeddingErrors } from '../errors.ts';
import { downloadFile } from './download-file.ts';

/** Where a model is downloaded from and to. */
export interface PullOptions {
  /** One of the known models; the first one when left out. */
  name?: string | undefined;
  modelsFolder: string;
  /** Server with Hugging Face's paths. */
  modelsUrl: string;
  /** Longest wait for the next byte, milliseconds. */
  idleTimeoutMs: number;
  clock: Clock;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
  /** Hears how far it is, over all files, in bytes. */
  onProgress?: ((progress: PullProgress) => void) | undefined;
  /** What can be pulled; the known models when left out. */
  models?: readonly KnownModel[];
}

/** How far a download is, in bytes. */
export interface PullProgress {
  file: string;
  receivedBytes: number;
  totalBytes: number;
}

/**
 * Downloads a known model into its folder, which it returns. Files that are there already are checked and kept; one
 * that broke off goes on where it stopped.
 * Guarantee: no file gets its name before its SHA-256 is the known one.
 * Errors: `embeddings.unknown_model`, `embeddings.download_failed`, `embeddings.wrong_hash`; an abort rejects with the
 * signal's reason.
 */
export async function pullModel(options: PullOptions): Promise<{ model: KnownModel; folder: string }> {
  const { models = knownModels, name = models[0]!.name } = options;
  const model = models.find((one) => one.name === name);
  if (model === undefined) {
    throw embeddingErrors.make('embeddings.unknown_model', { name, known: models.map((one) => one.name) });
  }
  const folder = path.join(options.modelsFolder, model.name);
  await mkdir(folder, { recursive: true });
  const totalBytes = model.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const base = `${options.modelsUrl.replace(/\/+$/, '')}/${model.repository}/resolve/${model.revision}/`;
  let beforeBytes = 0;
  for (const file of model.files) {
    await downloadFile({
      ...options,
      url: new URL(`${base}${file.path}`),
      target: path.join(folder, file.name),
      file,
      onBytes: (bytes) =>
        options.onProgress?.({ file: file.name, receivedBytes: beforeBytes + bytes, totalBytes }),
    });
    beforeBytes += file.sizeBytes;
  }
  return { model, folder };
}
