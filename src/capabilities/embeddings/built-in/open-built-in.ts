import type { Embedder } from '../embedder.ts';

const dimensions = 384;

/** Opens an embedder over character trigrams, which needs no data: it finds what is written alike. */
export function openBuiltInEmbedder(): Embedder {
  return {
    id: `trigrams@1/${dimensions}`,
    label: 'built-in trigrams',
    dimensions,
    embed: (texts, _kind, { signal } = {}) => {
      signal?.throwIfAborted();
      return Promise.resolve(texts.map(embedTrigrams));
    },
    close: () => Promise.resolve(),
  };
}

function embedTrigrams(text: string): Float32Array {
  const vector = new Float32Array(dimensions);
  const letters = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  for (let at = 0; at + 3 <= letters.length; at += 1) {
    let hash = 0x811c9dc5;
    for (let i = at; i < at + 3; i += 1) hash = Math.imul(hash ^ letters.charCodeAt(i), 0x01000193);
    vector[(hash >>> 1) % dimensions]! += (hash & 1) === 0 ? 1 : -1;
  }
  const length = Math.hypot(...vector);
  if (length === 0) vector[0] = 1;
  else for (let i = 0; i < dimensions; i += 1) vector[i]! /= length;
  return vector;
}
