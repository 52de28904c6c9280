import { tmpdir } from 'node:os';
import { openEmbedder } from '../src/capabilities/embeddings/index.ts';
import { packShippedVectors } from '../src/capabilities/search/index.ts';
import { systemClock } from '../src/kernel/index.ts';
import { loadSettings } from '../src/platform/config/index.ts';

// Embeds the standards that ship with the built-in model; run it after a change of their texts, of how they are cut into
// passages, or of the model. A test says when it is due.

const { values } = await loadSettings({ projectRoot: tmpdir(), env: {}, userConfigDir: tmpdir(), flags: {} });
const embedder = await openEmbedder({
  settings: { ...values.embeddings, model: 'built-in' },
  env: {},
  modelsFolder: tmpdir(),
  clock: systemClock,
});
if (embedder === undefined) throw new Error('the built-in model did not open');
const { passages, made } = await packShippedVectors(embedder);
await embedder.close();
process.stdout.write(`${passages} passages, ${made} of them new\n`);
