import type { Embedder } from '../../src/capabilities/embeddings/index.ts';
import type { StandardsIndex } from '../../src/capabilities/search/index.ts';
import type { Bench, BenchRow } from '../row.ts';
import { makeBenchLibrary, openBuiltIn, readQuestions, type BenchQuestion } from './bench-library.ts';

/** Whether a question of the test half finds its standard among the first three hits; in both stores, and by words alone. */
export const searchQuality: Bench = async ({ short }) => {
  const questions = (await readQuestions('test')).filter((_, index) => !short || index % 10 === 0);
  const builtIn = await openBuiltIn();
  try {
    const words = await scoreOf(questions, 'sqlite', undefined);
    const hybrid = await scoreOf(questions, 'sqlite', builtIn);
    const lance = await scoreOf(questions, 'lancedb', builtIn);
    return [
      row('recall@3, natural questions, hybrid', hybrid.natural, words.natural, { atLeast: 0.95 }),
      row('recall@3, hard questions, hybrid', hybrid.hard, words.hard, { atLeast: 0.4 }),
      row('recall@3, natural questions, LanceDB', lance.natural, words.natural, { atLeast: 0.95 }),
      row('recall@3, hard questions, LanceDB', lance.hard, words.hard, { atLeast: 0.4 }),
      {
        ...row('recall@3, hybrid less words alone, worse of both kinds', 0, 0, { atLeast: 0 }),
        ours: Math.min(hybrid.natural - words.natural, hybrid.hard - words.hard),
        note: '',
      },
      {
        what: 'context spared against 50 KB of standards, mean of an answer',
        ours: 100 * (1 - hybrid.bytesPerAnswer / 50_000),
        peer: undefined,
        peerName: '',
        unit: '%',
        limit: { atLeast: 90 },
        note: `${Math.round(hybrid.bytesPerAnswer)} bytes, five hits`,
      },
    ];
  } finally {
    await builtIn.close();
  }
};

interface Score {
  natural: number;
  hard: number;
  bytesPerAnswer: number;
}

function row(what: string, ours: number, words: number, limit: BenchRow['limit']): BenchRow {
  const note = `${words.toFixed(3)} by words alone`;
  return { what, ours, peer: undefined, peerName: '', unit: '', limit, note };
}

async function scoreOf(
  questions: readonly BenchQuestion[],
  store: 'sqlite' | 'lancedb',
  embedder: Embedder | undefined,
): Promise<Score> {
  const library = await makeBenchLibrary({ shipped: true });
  try {
    const index = await library.open({ store, embedder });
    await index.keep();
    await index.embedded();
    const found = await askAll(index, questions);
    await index.close();
    return found;
  } finally {
    await library.remove();
  }
}

async function askAll(index: StandardsIndex, questions: readonly BenchQuestion[]): Promise<Score> {
  const hits = { natural: 0, hard: 0 };
  const asked = { natural: 0, hard: 0 };
  let bytes = 0;
  for (const { kind, question, standard, also = [] } of questions) {
    const { results } = await index.search(question, { limit: 5 });
    asked[kind] += 1;
    if (results.slice(0, 3).some(({ id }) => id === standard || also.includes(id))) hits[kind] += 1;
    // As a client puts it into its model's context: with file, section, score, reason and citation of each hit.
    bytes += Buffer.byteLength(JSON.stringify(results.map(({ tags: _tags, ...hit }) => hit)));
  }
  return {
    natural: hits.natural / asked.natural,
    hard: hits.hard / asked.hard,
    bytesPerAnswer: bytes / questions.length,
  };
}
