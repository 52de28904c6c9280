import type { TermWeights } from './term-scores.ts';
import type { Word } from './words-of.ts';

/** A part of a document: its words, how much a word in it counts, and the length in words that is usual for it. */
export interface Field {
  words: readonly Word[];
  weight: number;
  usualWords: number;
}

/** How much the length of a field matters: 0 not at all, 1 in proportion. */
const lengthShare = 0.6;

/** BM25F: how often each term occurs, weighted by field and evened out by the field's length. */
export function weighFields(fields: readonly Field[]): TermWeights {
  const weights = new Map<string, number>();
  for (const { words, weight, usualWords } of fields) {
    const each = weight / (1 - lengthShare + (lengthShare * words.length) / usualWords);
    for (const { term } of words) weights.set(term, (weights.get(term) ?? 0) + each);
  }
  return weights;
}
