import { readFile } from 'node:fs/promises';
import { ownFile } from '../../../kernel/index.ts';
import type { PassageVector, VectorModel } from '../store/index-store.ts';
import { unpackVectors } from './packed-vectors.ts';

/** Made by `npm run shipped-vectors`. */
export const shippedVectorsFile = ownFile(import.meta.url, {
  source: './universal.vectors',
  built: './standards/universal.vectors',
});

/**
 * Vectors that ship with the standards that ship, for those of the passages that have one: in a fresh project search goes
 * by meaning at once, and no model runs for texts that are the same everywhere. None for other models than the built-in.
 */
export async function shippedVectors(
  model: VectorModel,
  passages: readonly string[],
): Promise<PassageVector[]> {
  if (passages.length === 0 || !model.id.startsWith('built-in/')) return [];
  const shipped = unpackVectors(await readFile(shippedVectorsFile), model);
  return passages.flatMap((passage) => {
    const vector = shipped.get(passage);
    return vector === undefined ? [] : [{ passage, vector }];
  });
}
