import { readFile } from 'node:fs/promises';
import { openEmbedder } from '../../src/capabilities/embeddings/index.ts';
import { systemClock } from '../../src/kernel/index.ts';

/** What this program prints as JSON. Times in milliseconds, memory in megabytes of the whole process. */
export interface EmbeddingFigures {
  firstQueryMs: number;
  queryMs: number[];
  busyQueryMs: number[];
  passageMs: number[];
  busyMb: number;
  idleMb: number;
}

const short = process.argv[2] === 'short';
const idleMs = short ? 500 : 20_000;
const questionsFile = new URL('../search/questions/tune.json', import.meta.url);
const questions = (JSON.parse(await readFile(questionsFile, 'utf8')) as { question: string }[])
  .map(({ question }) => question)
  .slice(0, short ? 30 : 200);
const words = questions.join(' ').split(' ');
const passages = Array.from({ length: short ? 10 : 60 }, (_, index) =>
  words.slice(index * 10, index * 10 + 100).join(' '),
);

const embedder = (await openEmbedder({
  settings: { model: 'built-in', textsPerRequest: 1, idleMs, callTimeoutMs: 60_000 },
  env: {},
  modelsFolder: '',
  clock: systemClock,
}))!;

let busyMb = 0;
const memoryMb = () => process.memoryUsage.rss() / 1_048_576;

async function timed(texts: readonly string[], kind: 'query' | 'passage'): Promise<number[]> {
  const times: number[] = [];
  for (const text of texts) {
    const startedAt = performance.now();
    await embedder.embed([text], kind);
    times.push(performance.now() - startedAt);
    busyMb = Math.max(busyMb, memoryMb());
  }
  return times;
}

const [firstQueryMs] = await timed(['what is asked first'], 'query');
await timed(questions.slice(0, 20), 'query');
const queryMs = await timed(questions, 'query');
const passageMs = await timed(passages, 'passage');
const background = embedder.embed(passages, 'passage');
const busyQueryMs = await timed(questions.slice(0, passages.length), 'query');
await background;
busyMb = Math.max(busyMb, memoryMb());
await systemClock.sleep(idleMs + (short ? 1_000 : 8_000));
const figures: EmbeddingFigures = {
  firstQueryMs: firstQueryMs!,
  queryMs,
  busyQueryMs,
  passageMs,
  busyMb,
  idleMb: memoryMb(),
};
await embedder.close();
process.stdout.write(JSON.stringify(figures));
