import { saturate } from './term-scores.ts';
import type { TermWeights } from './term-scores.ts';

/** The terms of a part of a standard by their numbers, in order, with their weights: 8 bytes a term. */
export interface PartWeights {
  terms: Uint32Array;
  weights: Float32Array;
}

/** Gives every term a number, which it keeps. */
export class TermNumbers {
  readonly #numbers = new Map<string, number>();

  /** `undefined` for a term that no part ever had. */
  find(term: string): number | undefined {
    return this.#numbers.get(term);
  }

  pack(weights: TermWeights): PartWeights {
    const pairs = [...weights].map(([term, weight]) => [this.#numberOf(term), weight] as const);
    pairs.sort((a, b) => a[0] - b[0]);
    return {
      terms: Uint32Array.from(pairs, ([term]) => term),
      weights: Float32Array.from(pairs, ([, weight]) => weight),
    };
  }

  #numberOf(term: string): number {
    let number = this.#numbers.get(term);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(term, number);
    }
    return number;
  }
}

/** A term that is looked for in parts: its number, and how much it counts. */
export interface PartTerm {
  number: number;
  factor: number;
}

/** BM25 of one part. */
export function scorePart({ terms, weights }: PartWeights, asked: readonly PartTerm[]): number {
  let score = 0;
  for (const { number, factor } of asked) {
    let low = 0;
    let high = terms.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (terms[middle]! < number) low = middle + 1;
      else high = middle;
    }
    if (terms[low] === number) score += factor * saturate(weights[low]!);
  }
  return score;
}
