import type { StandardsIndex } from '../../src/capabilities/search/index.ts';
import { percentile, type Bench, type BenchRow } from '../row.ts';
import {
  makeBenchLibrary,
  openBuiltIn,
  randomEmbedder,
  readQuestions,
  writeManyStandards,
} from './bench-library.ts';

/** What a standard of seven sections and a title is cut into. */
const chunksPerStandard = 8.9;

/** A warm search over ten thousand chunks, with the questions of both halves. */
export const searchLatency: Bench = async ({ short }) => {
  const library = await makeBenchLibrary({ shipped: false });
  const builtIn = await openBuiltIn();
  try {
    await writeManyStandards(library.standards, Math.ceil((short ? 1_000 : 10_000) / chunksPerStandard));
    const questions = [...(await readQuestions('tune')), ...(await readQuestions('test'))].map(
      ({ question }) => question,
    );
    const before = process.memoryUsage().rss;
    const words = await library.open();
    const keyword = await times(words, questions);
    const sections = (await words.status()).sections;
    await words.close();

    const filling = await library.open({ embedder: randomEmbedder() });
    await filling.refresh();
    await filling.embedded();
    const hybrid = await times(filling, questions);
    const grown = process.memoryUsage().rss - before;
    await filling.close();

    const reading = await library.open({ embedder: randomEmbedder(builtIn) });
    // Each round in other words: the vectors of the last questions are kept, and these are to be made anew.
    const inWords = (round: string) => questions.map((question) => `${question} ${round}`);
    await timesOnce(reading, inWords('please'));
    const withEmbedding = quietest([
      await timesOnce(reading, questions),
      await timesOnce(reading, inWords('now')),
      await timesOnce(reading, inWords('here')),
    ]);
    await reading.close();

    const caching = await library.open({ embedder: randomEmbedder(builtIn), cacheMs: 300_000 });
    await caching.keep();
    const cached = await times(caching, questions);
    await caching.close();

    const at = `${sections.toLocaleString('en')} chunks`;
    return [
      row(`search by words, ${at}, p95`, keyword, 4),
      row(`search, hybrid, question's vector known, ${at}, p95`, hybrid, 8),
      row(`search, hybrid, with the question's embedding, ${at}, p95`, withEmbedding, 25),
      row(`search, the same question again, ${at}, p95`, cached, 0.2),
      {
        what: `resident memory grown with words, texts and vectors, ${at}`,
        ours: grown / 1_000_000,
        peer: undefined,
        peerName: '',
        unit: 'MB',
        limit: undefined,
      },
    ];
  } finally {
    await builtIn.close();
    await library.remove();
  }
};

function row(what: string, values: readonly number[], limitMs: number): BenchRow {
  const note = `median ${percentile(values, 0.5).toFixed(2)} ms, quietest of three rounds`;
  return {
    what,
    ours: percentile(values, 0.95),
    peer: undefined,
    peerName: '',
    unit: 'ms',
    limit: { atMost: limitMs },
    note,
  };
}

/** After a round that warms up: compiles, loads the model, fills what is cached. */
async function times(index: StandardsIndex, questions: readonly string[]): Promise<readonly number[]> {
  await timesOnce(index, questions);
  const rounds: number[][] = [];
  for (let round = 0; round < 3; round += 1) rounds.push(await timesOnce(index, questions));
  return quietest(rounds);
}

/** Of several rounds the one that other programs disturbed least: what they take is no property of the search. */
function quietest(rounds: readonly (readonly number[])[]): readonly number[] {
  return rounds.toSorted((a, b) => percentile(a, 0.95) - percentile(b, 0.95))[0] ?? [];
}

async function timesOnce(index: StandardsIndex, questions: readonly string[]): Promise<number[]> {
  const values: number[] = [];
  for (const question of questions) {
    const startedAt = performance.now();
    await index.search(question, { limit: 5 });
    values.push(performance.now() - startedAt);
  }
  return values;
}
