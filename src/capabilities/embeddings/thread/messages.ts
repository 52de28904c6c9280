import type { ErrorOnTheWire } from '../../../kernel/index.ts';
import type { EmbeddingKind } from '../embedder.ts';
import type { OnnxModel } from '../onnx/onnx-model.ts';

/** Which model a thread runs; given at its start. */
export type ThreadModel = { engine: 'built-in'; folder: string } | { engine: 'onnx'; model: OnnxModel };

export type ToThread =
  | { type: 'embed'; call: number; texts: readonly string[]; kind: EmbeddingKind }
  | { type: 'cancel'; call: number };

export type FromThread =
  /** One for each text, in order. */
  | { type: 'embedded'; call: number; vector: Float32Array<ArrayBuffer> }
  | { type: 'failed'; call: number; error: ErrorOnTheWire };
