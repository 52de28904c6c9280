/**
 * Runs a model in ONNX form through the whole path that search takes: `npm run try-onnx -- FOLDER`, or its .onnx file. The
 * runtime is the one installed here. Exits with 1 when a vector is not of unit length, or when a question is nearer to a
 * text about something else than to its answer.
 */
import { systemClock, toAppError } from '../../src/kernel/index.ts';
import { inspectEmbedder, openEmbedder } from '../../src/capabilities/embeddings/index.ts';

const [place] = process.argv.slice(2);
if (place === undefined) {
  console.error('usage: npm run try-onnx -- FOLDER (with model.onnx and tokenizer.json or vocab.txt)');
  process.exit(2);
}

/** Questions, each with the text that answers it. */
const pairs = [
  [
    'The other service is slow and our page hangs',
    'Give every remote call a time limit, and retry only what is safe to repeat.',
  ],
  [
    'Where do I put the database password?',
    'Read credentials from the environment or a vault; never write them into code.',
  ],
  ['How long should a function be?', 'Keep functions short: one level of detail, one reason to change.'],
] as const;

const options = {
  settings: { model: 'onnx', path: place, textsPerRequest: 1, idleMs: 20_000, callTimeoutMs: 120_000 },
  env: process.env,
  modelsFolder: '',
  clock: systemClock,
} as const;

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
const problems: string[] = [];

async function tryModel(): Promise<void> {
  const { label, note } = await inspectEmbedder(options);
  const embedder = (await openEmbedder(options))!;
  try {
    const startedAt = performance.now();
    const answers = await embedder.embed(
      pairs.map(([, answer]) => answer),
      'passage',
    );
    const questions = await embedder.embed(
      pairs.map(([question]) => question),
      'query',
    );
    const perTextMs = (performance.now() - startedAt) / (2 * pairs.length);
    console.log(
      `${label} ${note}: ${embedder.dimensions} numbers, ${perTextMs.toFixed(1)} ms a text, loading included`,
    );
    for (const vector of [...answers, ...questions]) {
      const length = Math.sqrt(dot(vector, vector));
      if (Math.abs(length - 1) > 1e-3) problems.push(`a vector has length ${length.toFixed(4)}, not 1`);
    }
    for (const [number, question] of questions.entries()) {
      const near = answers.map((answer) => dot(question, answer));
      console.log(`${pairs[number]![0].padEnd(46)} ${near.map((value) => value.toFixed(3)).join('  ')}`);
      if (near.indexOf(Math.max(...near)) !== number)
        problems.push(`"${pairs[number]![0]}" is nearest to another question's answer`);
    }
  } finally {
    await embedder.close();
  }
}

try {
  await tryModel();
} catch (error) {
  problems.push(toAppError(error).line);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
