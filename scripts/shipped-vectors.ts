import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { openEmbedder } from '../src/capabilities/embeddings/index.ts';
import { shippedPassages } from '../src/capabilities/search/shipped/shipped-passages.ts';
import { packVectors, unpackVectors } from '../src/capabilities/search/shipped/packed-vectors.ts';
import { shippedVectorsFile } from '../src/capabilities/search/shipped/shipped-vectors.ts';
import { systemClock } from '../src/kernel/index.ts';
import { loadSettings } from '../src/platform/config/index.ts';

// Embeds the standards that ship with the built-in model; run it after a change of their texts, of how they are cut into
// passages, or of the model. Texts whose vector is there are not embedded again.

const { values } = await loadSettings({ projectRoot: tmpdir(), env: {}, userConfigDir: tmpdir(), flags: {} });
const embedder = await openEmbedder({
  settings: { ...values.embeddings, model: 'built-in' },
  env: {},
  modelsFolder: tmpdir(),
  clock: systemClock,
});
if (embedder === undefined) throw new Error('the built-in model did not open');
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
await embedder.close();
missing.forEach(([passage], index) => known.set(passage, made[index]!));
const vectors = [...passages.keys()].sort().map((passage) => ({ passage, vector: known.get(passage)! }));
await writeFile(shippedVectorsFile, packVectors(embedder, vectors));
process.stdout.write(`${vectors.length} passages, ${missing.length} of them new\n`);
