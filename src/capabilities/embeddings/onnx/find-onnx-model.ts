import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { embeddingErrors } from '../errors.ts';
import { familyOf } from '../catalogue/model-family.ts';
import type { OnnxModel } from './onnx-model.ts';

export interface FoundOnnxModel {
  model: OnnxModel;
  /** Changes when the model's file does. */
  revision: string;
  /** As its config.json tells; `undefined` without one. */
  dimensions: number | undefined;
}

/** Where publishers put the model in its folder; the nearest first. */
const modelFiles = ['model.onnx', 'model_quantized.onnx', 'onnx/model.onnx', 'onnx/model_quantized.onnx'];

/**
 * Finds a model by its folder, or by its .onnx file with the tokenizer beside it. Reads only the small files.
 * `pull` is its name for "troupe models pull", where it has one.
 * Errors: `embeddings.model_missing`.
 */
export async function findOnnxModel(place: string, pull: string | undefined): Promise<FoundOnnxModel> {
  const isFile = place.endsWith('.onnx');
  const folder = isFile ? path.dirname(place) : place;
  const label = `${path.basename(isFile ? place.slice(0, -'.onnx'.length) : place)} (ONNX)`;
  const missing = (file: string) =>
    embeddingErrors.make('embeddings.model_missing', { label, file, folder, pull });

  const candidates = isFile ? [path.basename(place)] : modelFiles;
  const stats = await Promise.all(
    candidates.map((file) => stat(path.join(folder, file)).catch(() => undefined)),
  );
  const index = stats.findIndex((one) => one?.isFile());
  if (index < 0) throw missing(candidates[0]!);
  const tokenizerFile = await firstFile(folder, ['tokenizer.json', 'vocab.txt']);
  if (tokenizerFile === undefined) throw missing('tokenizer.json');

  const config = await readJson(path.join(folder, 'config.json'));
  const pooling = await readJson(path.join(folder, '1_Pooling', 'config.json'));
  const family = familyOf(pull ?? namesIn(place));
  const { size, mtimeMs } = stats[index]!;
  return {
    model: {
      ...family,
      pooling:
        pooling === undefined
          ? family.pooling
          : pooling['pooling_mode_cls_token'] === true
            ? 'first'
            : 'mean',
      label,
      modelFile: path.join(folder, candidates[index]!),
      tokenizerFile,
    },
    revision: `${size}-${Math.trunc(mtimeMs)}`,
    dimensions: typeof config?.['hidden_size'] === 'number' ? config['hidden_size'] : undefined,
  };
}

/**
 * Where a place names its model: in its file and folder, in the one above a folder of models in this form, and in the
 * repository of a cache as Hugging Face keeps it. The names of folders above are not the model's.
 */
function namesIn(place: string): string {
  const parts = path.resolve(place).split(path.sep);
  const isFile = place.endsWith('.onnx');
  const folder = parts.length - (isFile ? 2 : 1);
  const first = parts[folder] === 'onnx' ? folder - 1 : folder;
  const isRepository = (part: string) => part.startsWith('models--');
  return [...parts.slice(0, first).filter(isRepository), ...parts.slice(first)].join('/');
}

async function firstFile(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const file = path.join(folder, name);
    if ((await stat(file).catch(() => undefined))?.isFile()) return file;
  }
  return undefined;
}

/** A small file of the publisher's that need not be there. */
async function readJson(file: string): Promise<Record<string, unknown> | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
