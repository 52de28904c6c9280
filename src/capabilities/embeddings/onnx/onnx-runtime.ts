import { embeddingErrors } from '../errors.ts';

/** What is used of either ONNX runtime; both have the same interface. */
export interface OnnxRuntime {
  InferenceSession: { create(file: string, options: object): Promise<OnnxSession> };
  Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => object;
  env: { wasm?: { numThreads?: number } };
}

export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(
    feeds: Record<string, object>,
    options: object,
  ): Promise<Record<string, { data: unknown; dims: readonly number[] }>>;
}

/** The native one is two to three times as fast; the other needs no native code and half the disk. */
const runtimes = ['onnxruntime-node', 'onnxruntime-web'];

/** The runtime that would be loaded; loads nothing. Errors: `embeddings.runtime_missing`. */
export function installedOnnxRuntime(label: string, from = runtimes): string {
  const found = from.find((name) => {
    try {
      import.meta.resolve(name);
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw embeddingErrors.make('embeddings.runtime_missing', { label });
  return found;
}

/** Loads the runtime that the user installed. Errors: `embeddings.runtime_missing`, `embeddings.model_unusable`. */
export async function loadOnnxRuntime(label: string, from = runtimes): Promise<OnnxRuntime> {
  for (const name of from) {
    try {
      return (await import(name)) as OnnxRuntime;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ERR_MODULE_NOT_FOUND') continue;
      const reason = `${name} does not load (${error instanceof Error ? error.message : String(error)})`;
      throw embeddingErrors.make('embeddings.model_unusable', { label, reason }, { cause: error });
    }
  }
  throw embeddingErrors.make('embeddings.runtime_missing', { label });
}
