import { countBits, signsOf, type QuantisedVector } from './quantised.ts';

/** A passage and how close its meaning is to the question's: the scalar product of unit vectors. */
export interface NearPassage {
  passage: string;
  similarity: number;
}

/** How many passages the signs choose for each that is wanted; their similarity is then computed in full. */
const rescoredPerWanted = 5;
const leastRescored = 200;

/**
 * The vectors of one model in memory, a byte a number. A search compares the signs of all and then computes the similarity
 * of the best: at ten thousand vectors of 384 numbers that takes less than a millisecond and 5 MB.
 */
export class VectorScan {
  readonly #dimensions: number;
  readonly #words: number;
  readonly #rows = new Map<string, number>();
  readonly #passages: string[] = [];
  #numbers: Int8Array;
  #scales: Float32Array;
  #signs: Uint32Array;

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#words = Math.ceil(dimensions / 32);
    this.#numbers = new Int8Array(64 * dimensions);
    this.#scales = new Float32Array(64);
    this.#signs = new Uint32Array(64 * this.#words);
  }

  get size(): number {
    return this.#passages.length;
  }

  has(passage: string): boolean {
    return this.#rows.has(passage);
  }

  /** A copy: it may be changed meanwhile. */
  passages(): readonly string[] {
    return [...this.#passages];
  }

  /** Adds a vector, or puts it in the place of the passage's former one. */
  set(passage: string, { numbers, scale }: QuantisedVector): void {
    const row = this.#rows.get(passage) ?? this.#passages.push(passage) - 1;
    this.#rows.set(passage, row);
    if (row >= this.#scales.length) this.#grow();
    this.#numbers.set(numbers, row * this.#dimensions);
    this.#scales[row] = scale;
    this.#signs.set(signsOf(numbers), row * this.#words);
  }

  delete(passage: string): void {
    const row = this.#rows.get(passage);
    if (row === undefined) return;
    const last = this.#passages.length - 1;
    const moved = this.#passages[last]!;
    this.#numbers.copyWithin(row * this.#dimensions, last * this.#dimensions, (last + 1) * this.#dimensions);
    this.#signs.copyWithin(row * this.#words, last * this.#words, (last + 1) * this.#words);
    this.#scales[row] = this.#scales[last]!;
    this.#passages[row] = moved;
    this.#rows.set(moved, row);
    this.#passages.pop();
    this.#rows.delete(passage);
  }

  /** The passages closest to a question, best first. */
  nearest(question: Float32Array, limit: number): NearPassage[] {
    const wanted = Math.max(leastRescored, limit * rescoredPerWanted);
    const asked = askedNumbers(question);
    return this.#rowsLike(question, wanted)
      .map((row) => ({ passage: this.#passages[row]!, similarity: this.#similarity(asked, row) }))
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, limit);
  }

  /** Of those among the passages that have a vector. */
  similarities(question: Float32Array, passages: Iterable<string>): Map<string, number> {
    const found = new Map<string, number>();
    const asked = askedNumbers(question);
    for (const passage of passages) {
      const row = this.#rows.get(passage);
      if (row !== undefined) found.set(passage, this.#similarity(asked, row));
    }
    return found;
  }

  /** The rows whose signs agree most with the question's; all of them when there are no more than wanted. */
  #rowsLike(question: Float32Array, wanted: number): number[] {
    const count = this.#passages.length;
    if (count <= wanted) return Array.from({ length: count }, (_, row) => row);
    const distances = new Uint16Array(count);
    const withDistance = new Uint32Array(this.#words * 32 + 1);
    const asked = signsOf(question);
    const signs = this.#signs;
    const words = this.#words;
    for (let row = 0, at = 0; row < count; row += 1) {
      let distance = 0;
      for (let word = 0; word < words; word += 1, at += 1) distance += countBits(signs[at]! ^ asked[word]!);
      distances[row] = distance;
      withDistance[distance]! += 1;
    }
    let farthest = 0;
    for (let taken = 0; taken < wanted; farthest += 1) taken += withDistance[farthest]!;
    const rows: number[] = [];
    for (let row = 0; row < count; row += 1) if (distances[row]! < farthest) rows.push(row);
    return rows;
  }

  #similarity({ numbers: asked, scale }: AskedNumbers, row: number): number {
    const numbers = this.#numbers;
    const dimensions = this.#dimensions;
    let at = row * dimensions;
    let sum = 0;
    let other = 0;
    let index = 0;
    for (; index + 1 < dimensions; index += 2, at += 2) {
      sum = (sum + asked[index]! * numbers[at]!) | 0;
      other = (other + asked[index + 1]! * numbers[at + 1]!) | 0;
    }
    if (index < dimensions) sum += asked[index]! * numbers[at]!;
    return (sum + other) * scale * this.#scales[row]!;
  }

  #grow(): void {
    const rows = 2 * this.#scales.length;
    const numbers = new Int8Array(rows * this.#dimensions);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    const scales = new Float32Array(rows);
    scales.set(this.#scales);
    this.#scales = scales;
    const signs = new Uint32Array(rows * this.#words);
    signs.set(this.#signs);
    this.#signs = signs;
  }
}

/** A question in whole numbers, finer than the stored ones: products of whole numbers are what the engine is fastest at. */
interface AskedNumbers {
  scale: number;
  numbers: Int32Array;
}

/** So that the sum over thousands of products stays within 32 bits. */
const askedSteps = 1_023;

function askedNumbers(question: Float32Array): AskedNumbers {
  let largest = 0;
  for (const value of question) largest = Math.max(largest, Math.abs(value));
  const scale = largest === 0 ? 1 : largest / askedSteps;
  return { scale, numbers: Int32Array.from(question, (value) => Math.round(value / scale)) };
}
