import type { SkippedStandard, StandardsSearch } from '../standards/index.ts';

/** How far indexing or embedding is, in texts. */
export interface IndexProgress {
  done: number;
  total: number;
}

/** How a caller follows a look through the files, and ends it. */
export interface RefreshOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: IndexProgress) => void) | undefined;
}

/** What a look through the files found and did. */
export interface IndexReport {
  standards: number;
  sections: number;
  /** Standards that were new or changed. */
  put: number;
  removed: number;
  skipped: readonly SkippedStandard[];
  durationMs: number;
}

/** The index as it is now. */
export interface IndexStatus {
  standards: number;
  sections: number;
  /** Texts with a vector, and those still without. */
  embedded: number;
  waiting: number;
  /** Of the vectors; `null` when embeddings are off or not open yet. */
  model: string | null;
  /** Whether this process keeps the index for all. */
  keeper: boolean;
  /** `memory` while the index cannot be used. */
  store: 'sqlite' | 'lancedb' | 'memory';
  sizeBytes: number;
  /** What is wrong with the index; `null` when nothing is. */
  note: string | null;
}

/** The searchable standards of a project. Everything it stores can be made again. */
export interface StandardsIndex extends StandardsSearch {
  /** Brings the index in step with the files now: words at once, vectors in the background. */
  refresh(options?: RefreshOptions): Promise<IndexReport>;
  /**
   * Keeps it in step until closed. Of all processes that keep it, one watches the files and embeds; the others see what it
   * wrote with their next search, and one of them takes over within two seconds when it ends. Resolves when this process
   * knows all files.
   */
  keep(): Promise<void>;
  /** Resolves when every text has its vector, at once when embeddings are off. Errors: those of the embedder; the signal's reason. */
  embedded(options?: RefreshOptions): Promise<void>;
  status(): Promise<IndexStatus>;
  /** Idempotent. Vectors under way get `lingerMs`, then are given up: what is stored stays, the next process goes on. */
  close(): Promise<void>;
}
