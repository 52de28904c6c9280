import type { Catalogue } from '../catalogue/catalogue.ts';
import type { AskedTerm } from '../words/term-scores.ts';

/** How well the words of a question match. */
export interface WordsScores {
  /** By number of the standard: its own score and its best chunk's. */
  standards: ReadonlyMap<number, number>;
  /** By number of the chunk. */
  chunks: ReadonlyMap<number, number>;
  /** The score of a standard that held every word all over. */
  highest: number;
}

/** A chunk that holds the words close together says more than a long standard that holds them far apart. */
const chunkShare = 0.3;

export function scoreWords(catalogue: Catalogue, terms: readonly AskedTerm[]): WordsScores {
  const standards = catalogue.standardWords.scoresOf(terms);
  const chunks = catalogue.chunkWords.scoresOf(terms);
  const best = new Map<number, number>();
  for (const [chunk, score] of chunks) {
    const { number } = catalogue.standardOfChunk(chunk);
    if ((best.get(number) ?? 0) < score) best.set(number, score);
  }
  for (const [number, score] of best)
    standards.set(number, (standards.get(number) ?? 0) + chunkShare * score);
  const highest = terms.reduce(
    (sum, { term, weight }) =>
      sum +
      weight * (catalogue.standardWords.rarityOf(term) + chunkShare * catalogue.chunkWords.rarityOf(term)),
    0,
  );
  return { standards, chunks, highest };
}
