import type { Catalogue } from '../catalogue/catalogue.ts';
import type { AskedTerm } from '../words/term-scores.ts';

/** How well the words of a question match. */
export interface WordsScores {
  /** By number of the standard: its own score and its best chunk's. */
  standards: ReadonlyMap<number, number>;
  /** By number of the chunk. */
  chunks: ReadonlyMap<number, number>;
  /** The score of a chunk that held every word all over. */
  highestChunk: number;
}

/** A chunk that holds the words close together says more than a standard that holds them far apart; so does a question line. */
const chunkShare = 0.3;
const questionShare = 0.3;

export function scoreWords(catalogue: Catalogue, terms: readonly AskedTerm[]): WordsScores {
  const { standardWords, chunkWords, questionWords } = catalogue;
  const standards = standardWords.scoresOf(terms);
  const chunks = chunkWords.scoresOf(terms);
  addBest(standards, chunks, (chunk) => catalogue.standardOfChunk(chunk).number, chunkShare);
  const questions = questionWords.scoresOf(terms);
  addBest(standards, questions, (question) => catalogue.standardOfQuestion(question).number, questionShare);
  const highestChunk = terms.reduce((sum, { term, weight }) => sum + weight * chunkWords.rarityOf(term), 0);
  return { standards, chunks, highestChunk };
}

/** Adds to each standard's score a share of the best among its parts. */
function addBest(
  standards: Map<number, number>,
  parts: ReadonlyMap<number, number>,
  standardOf: (part: number) => number,
  share: number,
): void {
  const best = new Map<number, number>();
  for (const [part, score] of parts) {
    const number = standardOf(part);
    if ((best.get(number) ?? 0) < score) best.set(number, score);
  }
  for (const [number, score] of best) standards.set(number, (standards.get(number) ?? 0) + share * score);
}
