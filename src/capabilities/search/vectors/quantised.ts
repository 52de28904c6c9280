/** A vector in a byte a number: `numbers[i] * scale` is about what it was. */
export interface QuantisedVector {
  scale: number;
  numbers: Int8Array;
}

export function quantise(vector: Float32Array): QuantisedVector {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest === 0 ? 1 : largest / 127;
  // A loop: `Int8Array.from` with a function makes an object of every number.
  const numbers = new Int8Array(vector.length);
  for (let at = 0; at < vector.length; at += 1) numbers[at] = Math.round(vector[at]! / scale);
  return { scale, numbers };
}

/** Rounding to a byte changes the square of a length by less than this, in as many dimensions as models have. */
const lengthTolerance = 0.2;

/** Whether these can be the numbers of a vector of length 1: of others, some were changed since. */
export function isOfUnitLength({ numbers, scale }: QuantisedVector): boolean {
  let squares = 0;
  for (let at = 0; at < numbers.length; at += 1) squares += numbers[at]! * numbers[at]!;
  return Math.abs(squares * scale * scale - 1) < lengthTolerance;
}

/** 32 signs to a number: the coarse likeness of two vectors is how many of them agree. */
export function signsOf(vector: ArrayLike<number>): Uint32Array {
  const signs = new Uint32Array(Math.ceil(vector.length / 32));
  for (let at = 0; at < vector.length; at += 1) {
    if (vector[at]! > 0) signs[at >>> 5] = (signs[at >>> 5]! | (1 << (at & 31))) >>> 0;
  }
  return signs;
}

/** Set bits of a 32-bit number. */
export function countBits(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
