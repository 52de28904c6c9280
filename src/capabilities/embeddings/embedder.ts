/**
 * Turns texts into vectors whose scalar product says how close their meanings are.
 *
 * Guarantees: one unit-length vector of `dimensions` numbers for each text, in order; the same text and kind give the
 * same vector under the same `id`. Safe to call again while a call is under way.
 */
export interface Embedder {
  /** Model, revision, dimensions and pooling in one string: a change of it means embedding anew. */
  readonly id: string;
  /** For people, such as `all-MiniLM-L6-v2 (ONNX)`. */
  readonly label: string;
  readonly dimensions: number;
  /**
   * Embeds texts: `query` is what somebody asks, `passage` what is searched.
   * Errors: those of `embeddingErrors`; an abort rejects with the signal's reason.
   */
  embed(
    texts: readonly string[],
    kind: EmbeddingKind,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<Float32Array[]>;
  /** Frees thread and memory; the next `embed` starts them anew. Idempotent. */
  close(): Promise<void>;
}

/** What a text is: models embed a question differently from a passage that may answer it. */
/** What a text is: what somebody asks, or what is searched. Some models treat the two differently. */
export type EmbeddingKind = 'query' | 'passage';
