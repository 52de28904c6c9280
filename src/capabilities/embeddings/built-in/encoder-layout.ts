import { stackBytes } from './kernel.ts';

/** The shape of the packed model; `scripts/embeddings/pack-encoder.py` writes it, the kernel reads it. */
export const width = 384;
const inner = 1_536;

/** Most tokens of one text, start and end included. */
export const maxTokens = 256;

/** Tokens that one call of the kernel does. */
export const block = 32;

const wordBytes = width / 2 + (2 * width) / 32;
const linearBytes = (from: number, to: number) => from * to + 8 * to;
const normBytes = 8 * width;
const layerBytes =
  linearBytes(width, 3 * width) +
  linearBytes(width, width) +
  normBytes +
  linearBytes(width, inner) +
  linearBytes(inner, width) +
  normBytes;
const scratchBytes = block * (4 * inner + 4 * width + 2 * inner + 4) + 4 * maxTokens;

/** Addresses in the kernel's memory. */
export interface EncoderLayout {
  words: number;
  positions: number;
  norm: number;
  layers: readonly number[];
  /** One for each text under way. */
  lanes: readonly Lane[];
  /** For a second thread. */
  partner: { scratch: number; stackEnd: number };
  totalBytes: number;
}

export interface Lane {
  ids: number;
  states: number;
  qkv: number;
  scratch: number;
  result: number;
}

/** Places a packed model of so many tokens and bytes at `from`, and room for texts behind it. */
export function layoutOf(
  from: number,
  model: { words: number; sizeBytes: number },
  lanes: number,
): EncoderLayout {
  const positions = from + model.words * wordBytes;
  const norm = positions + 2 * maxTokens * width;
  const first = norm + normBytes;
  const layers = (from + model.sizeBytes - first) / layerBytes;
  let next = from + model.sizeBytes;
  const take = (bytes: number) => {
    const at = Math.ceil(next / 16) * 16;
    next = at + bytes;
    return at;
  };
  const lane = (): Lane => ({
    ids: take(4 * maxTokens),
    states: take(4 * maxTokens * width),
    qkv: take(4 * maxTokens * 3 * width),
    scratch: take(scratchBytes),
    result: take(4 * width),
  });
  const ownLanes = Array.from({ length: lanes }, lane);
  const partner = { scratch: take(scratchBytes), stackEnd: take(stackBytes) + stackBytes };
  return {
    words: from,
    positions,
    norm,
    layers: Array.from({ length: layers }, (_, index) => first + index * layerBytes),
    lanes: ownLanes,
    partner,
    totalBytes: next,
  };
}
