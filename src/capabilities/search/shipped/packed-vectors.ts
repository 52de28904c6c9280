import type { PassageVector, VectorModel } from '../store/index-store.ts';
import { quantise } from '../vectors/quantised.ts';

/** What a packed file begins with, as one line of JSON. */
interface Head {
  model: string;
  dimensions: number;
  count: number;
}

const passageBytes = 16;
const scaleBytes = 4;
const newline = 0x0a;

/** Packs vectors of one model: a line that names it, then for each its passage, a scale, and a byte a number. */
export function packVectors(model: VectorModel, vectors: readonly PassageVector[]): Uint8Array {
  const head: Head = { model: model.id, dimensions: model.dimensions, count: vectors.length };
  const parts = vectors.map(({ passage, vector }) => {
    const { scale, numbers } = quantise(vector);
    const part = Buffer.alloc(passageBytes + scaleBytes + model.dimensions);
    part.write(passage, 0, passageBytes, 'hex');
    part.writeFloatLE(scale, passageBytes);
    part.set(new Uint8Array(numbers.buffer), passageBytes + scaleBytes);
    return part;
  });
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...parts]);
}

/** The vectors of a packed file by passage; none when they are of another model. */
export function unpackVectors(packed: Buffer, model: VectorModel): Map<string, Float32Array> {
  const start = packed.indexOf(newline) + 1;
  const { model: id, dimensions, count } = JSON.parse(packed.toString('utf8', 0, start)) as Head;
  const vectors = new Map<string, Float32Array>();
  if (id !== model.id || dimensions !== model.dimensions) return vectors;
  const size = passageBytes + scaleBytes + dimensions;
  for (let at = start; at < start + count * size; at += size) {
    const passage = packed.toString('hex', at, at + passageBytes);
    const scale = packed.readFloatLE(at + passageBytes);
    const from = at + passageBytes + scaleBytes;
    const vector = new Float32Array(dimensions);
    for (let index = 0; index < dimensions; index += 1) vector[index] = packed.readInt8(from + index) * scale;
    vectors.set(passage, vector);
  }
  return vectors;
}
