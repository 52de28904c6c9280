import type { StandardRecord } from '../catalogue/standard-record.ts';
import type { NearPassage } from '../vectors/vector-scan.ts';

/** A standard as the index holds it. */
export interface StoredStandard {
  record: StandardRecord;
  /** Version of the file it was read from, with all else that it depends on: the same stamp means nothing to read. */
  stamp: string;
}

/** What changed in the index, by whichever process. */
export interface IndexChanges {
  /** To ask from the next time; 0 asks for everything. */
  generation: number;
  put: StoredStandard[];
  removed: string[];
}

/** A passage's hash with its vector, of unit length. */
export interface PassageVector {
  passage: string;
  vector: Float32Array;
}

/** The model whose vectors are meant. */
export interface VectorModel {
  id: string;
  dimensions: number;
}

/**
 * What search keeps on disk: standards in chunks, and vectors by the hash of their text, shared by several processes.
 * Everything in it can be made again. Words are searched in memory, by the same code whatever the store.
 *
 * Guarantee: each call that writes is stored whole or not at all; what one process wrote, all others read next.
 * Errors: `database.*`, `search.*`; after any of them the store is no longer used.
 */
export interface IndexStore {
  readonly kind: 'sqlite' | 'lancedb' | 'memory';
  /** A value that differs after any process wrote; cheap enough for every search. */
  changeMarker(): Promise<string>;
  /** What was written after this generation, own writes included. */
  changesSince(generation: number): Promise<IndexChanges>;
  write(changes: { put: readonly StoredStandard[]; removed: readonly string[] }): Promise<void>;
  /** Which of these passages have no vector of the model yet, in their order. */
  withoutVector(model: VectorModel, passages: readonly string[]): Promise<string[]>;
  putVectors(model: VectorModel, vectors: readonly PassageVector[]): Promise<void>;
  countVectors(model: VectorModel): Promise<number>;
  /** Forgets vectors of texts that are no longer there, and of models that were not used for two weeks. */
  keepVectors(model: VectorModel, passages: ReadonlySet<string>): Promise<void>;
  /** The passages closest in meaning, best first; among them such as no standard holds any more. */
  nearest(model: VectorModel, question: Float32Array, limit: number): Promise<NearPassage[]>;
  /** How close these passages are; those without a vector are left out. */
  similarities(
    model: VectorModel,
    question: Float32Array,
    passages: readonly string[],
  ): Promise<ReadonlyMap<string, number>>;
  sizeBytes(): Promise<number>;
  close(): Promise<void>;
}
