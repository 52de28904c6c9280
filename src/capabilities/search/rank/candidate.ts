import type { CatalogueEntry } from '../catalogue/catalogue.ts';

/** A standard that may answer, with what speaks for it. */
export interface Candidate {
  standard: CatalogueEntry;
  /** The question is its id or its file: it comes first, whatever else speaks for it. */
  isNamed?: true;
  /** How well the words match, the best of the question being 1; 0 for none. */
  words: number;
  /** How close the meaning is, the best of the question being 1; `undefined` without vectors. */
  meaning: number | undefined;
  /** Chunks by their number within the standard, best first; empty when only the standard as a whole matches. For few. */
  chunks: () => readonly ChunkScore[];
}

export interface ChunkScore {
  chunk: number;
  /** 0 to 1. */
  score: number;
}
