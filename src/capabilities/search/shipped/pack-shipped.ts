import { readFile, writeFile } from 'node:fs/promises';
import type { Embedder } from '../../embeddings/index.ts';
import { packVectors, unpackVectors } from './packed-vectors.ts';
import { shippedPassages } from './shipped-passages.ts';
import { shippedVectorsFile } from './shipped-vectors.ts';

/**
 * Writes the vectors that ship, made by this embedder: one for each passage of the standards that ship. Texts whose vector
 * is in the file are not embedded again. Errors: those of the embedder.
 */
export async function packShippedVectors(embedder: Embedder): Promise<{ passages: number; made: number }> {
  const passages = await shippedPassages();
  const known = await readFile(shippedVectorsFile).then(
    (packed) => unpackVectors(packed, embedder),
    () => new Map<string, Float32Array>(),
  );
  const missing = [...passages].filter(([passage]) => !known.has(passage));
  const made = await embedder.embed(
    missing.map(([, text]) => text),
    'passage',
  );
  missing.forEach(([passage], index) => known.set(passage, made[index]!));
  const vectors = [...passages.keys()].sort().map((passage) => ({ passage, vector: known.get(passage)! }));
  await writeFile(shippedVectorsFile, packVectors(embedder, vectors));
  return { passages: vectors.length, made: missing.length };
}
