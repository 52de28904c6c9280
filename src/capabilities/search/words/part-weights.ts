import { saturate } from './term-scores.ts';
import type { TermWeights } from './term-scores.ts';

/** The terms of a part of a standard by their hashes, in order, with their weights: 8 bytes a term. */
export interface PartWeights {
  hashes: Uint32Array;
  weights: Float32Array;
}

/** A part may have so many terms; its place is kept in the lowest bits of the number that is sorted by. */
const places = 2 ** 20;

export function packWeights(weights: TermWeights): PartWeights {
  const order = new Float64Array(Math.min(weights.size, places));
  const values = new Float32Array(order.length);
  let place = 0;
  for (const [term, weight] of weights) {
    if (place === places) break;
    order[place] = hashOfTerm(term) * places + place;
    values[place] = weight;
    place += 1;
  }
  order.sort();
  return {
    hashes: Uint32Array.from(order, (number) => Math.floor(number / places)),
    weights: Float32Array.from(order, (number) => values[number % places]!),
  };
}

/** FNV-1a, 32 bits. Two terms that share a hash are one among four billion, and cost a part no more than a wrong rank. */
export function hashOfTerm(term: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at += 1) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A term that is looked for in parts: its hash, and how much it counts. */
export interface PartTerm {
  hash: number;
  factor: number;
}

/** BM25 of one part. */
export function scorePart({ hashes, weights }: PartWeights, asked: readonly PartTerm[]): number {
  let score = 0;
  for (const { hash, factor } of asked) {
    let low = 0;
    let high = hashes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (hashes[middle]! < hash) low = middle + 1;
      else high = middle;
    }
    if (hashes[low] === hash) score += factor * saturate(weights[low]!);
  }
  return score;
}
