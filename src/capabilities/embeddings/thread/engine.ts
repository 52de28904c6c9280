import type { EmbeddingKind } from '../embedder.ts';

/** A loaded model inside the thread. */
export interface Engine {
  /**
   * Embeds one text. An engine that answers at once, without a promise, calls `pause` between two pieces of a passage's
   * work, and takes a query there.
   */
  embed(text: string, kind: EmbeddingKind, pause: () => void): Float32Array | Promise<Float32Array>;
}
