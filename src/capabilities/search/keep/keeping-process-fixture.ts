import { openTestLibrary, searchSettings } from '../testing.ts';
import { systemClock } from '../../../kernel/index.ts';
import { openStandardsIndex } from '../open-standards-index.ts';

// A process that keeps the index of a project and answers questions: one line in, one line of JSON out.
const [root, shippedFolder, indexFile] = process.argv.slice(2) as [string, string, string];
const index = await openStandardsIndex({
  library: openTestLibrary(root, shippedFolder),
  indexFile,
  embedder: () => Promise.resolve(undefined),
  clock: systemClock,
  settings: { ...searchSettings, cacheMs: 0 },
  onProblem: () => undefined,
});
await index.keep();

process.stdin.setEncoding('utf8');
process.stdin.on('data', (lines: string) => {
  for (const line of lines.split('\n').filter((one) => one !== '')) void answer(line);
});
process.stdin.on('end', () => void index.close().then(() => process.exit(0)));
process.stdout.write('ready\n');

async function answer(question: string): Promise<void> {
  const { keeper } = await index.status();
  const { results } = await index.search(question, { limit: 5 });
  process.stdout.write(`${JSON.stringify({ keeper, ids: results.map(({ id }) => id) })}\n`);
}
