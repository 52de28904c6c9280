import type { Catalogue, CatalogueEntry } from '../catalogue/catalogue.ts';
import { hashOfTerm, scorePart, type PartTerm, type PartWeights } from '../words/part-weights.ts';
import type { AskedTerm } from '../words/term-scores.ts';

/** How well the words of a question match. */
export interface WordsScores {
  /** The standards that match best, best first. */
  best: readonly CatalogueEntry[];
  /** How much of the question the best of them hold, by the rarity of its words: 0 to 1. */
  covered: number;
  /** 0 and more. */
  of(standard: CatalogueEntry): number;
  /** 0 to 1: a chunk that held every word all over would have 1. */
  ofChunk(standard: CatalogueEntry, chunk: number): number;
}

/** A chunk that holds the words close together says more than a standard that holds them far apart; so does a question line. */
const chunkShare = 0.2;
const questionShare = 0.65;
/** Above a question's: the words of question lines count in the standard as a whole too, and one without has no such words. */
const statementShare = 2.5;
/** Standards whose parts are looked at: those behind cannot come among the first. */
const wanted = 40;
const kept = 30;
/** Of so many of the best, the one that holds most of the question says how much of it is covered. */
const coverageOf = 3;

export function scoreWords(
  catalogue: Catalogue,
  terms: readonly AskedTerm[],
  passes: (standard: CatalogueEntry) => boolean,
): WordsScores {
  const { standardWords } = catalogue;
  const asked = terms.map(({ term, weight }): PartTerm => ({
    hash: hashOfTerm(term),
    factor: weight * standardWords.rarityOf(term),
  }));
  const highest = Math.max(
    sumOf(terms, (term) => standardWords.rarityOf(term)),
    1e-9,
  );
  const whole = standardWords.scoresOf(terms);
  const passing = [...whole].filter(([number]) => passes(catalogue.standard(number)));
  // Sorting all would be sorting a thousand for the forty that are looked at.
  const least =
    Float64Array.from(passing, ([, score]) => score)
      .sort()
      .at(-wanted) ?? 0;
  const first = passing
    .filter(([, score]) => score >= least)
    .sort((a, b) => b[1] - a[1])
    .slice(0, wanted)
    .map(([number, score]) => ({ standard: catalogue.standard(number), score }));
  const scores = new Map<CatalogueEntry, number>();
  for (const { standard, score } of first) {
    const { chunks, questions, statements } = standard.parts();
    const parts =
      chunkShare * bestOf(chunks, asked) +
      questionShare * bestOf(questions, asked) +
      statementShare * bestOf(statements, asked);
    scores.set(standard, score + parts);
  }
  const best = [...scores].sort((a, b) => b[1] - a[1]).map(([standard]) => standard);
  const coverages = best.slice(0, coverageOf).map(({ number }) => {
    const held = (term: string) => (standardWords.holds(number, term) ? standardWords.rarityOf(term) : 0);
    return sumOf(terms, held) / highest;
  });
  return {
    best: best.slice(0, kept),
    covered: Math.max(0, ...coverages),
    of: (standard) => scores.get(standard) ?? whole.get(standard.number) ?? 0,
    ofChunk: (standard, chunk) => scorePart(standard.parts().chunks[chunk]!, asked) / highest,
  };
}

function sumOf(terms: readonly AskedTerm[], value: (term: string) => number): number {
  return terms.reduce((sum, { term, weight }) => sum + weight * value(term), 0);
}

function bestOf(parts: readonly PartWeights[], asked: readonly PartTerm[]): number {
  let best = 0;
  for (const part of parts) best = Math.max(best, scorePart(part, asked));
  return best;
}
