import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { percentile, type Bench, type BenchRow } from '../row.ts';
import type { EmbeddingFigures } from './embed-in-process.ts';

const run = promisify(execFile);

/** The built-in model in a process of its own: time for a query and a passage, and memory before and after idling. */
export const builtInEmbeddings: Bench = async ({ short }) => {
  const { stdout } = await run(process.execPath, [
    join(import.meta.dirname, 'embed-in-process.ts'),
    short ? 'short' : 'full',
  ]);
  const figures = JSON.parse(stdout) as EmbeddingFigures;
  const row = (what: string, ours: number, unit: string, atMost: number | undefined): BenchRow => ({
    what: `built-in model, ${what}`,
    ours,
    peer: undefined,
    peerName: '',
    unit,
    limit: atMost === undefined ? undefined : { atMost },
  });
  return [
    row('first query after start, model loaded', figures.firstQueryMs, 'ms', undefined),
    row('query, p95', percentile(figures.queryMs, 0.95), 'ms', undefined),
    row('query while passages are embedded, p95', percentile(figures.busyQueryMs, 0.95), 'ms', undefined),
    row('passage of about 100 words, median', percentile(figures.passageMs, 0.5), 'ms', undefined),
    row('memory while embedding', figures.busyMb, 'MB', 300),
    row('memory within 30 s after the last text', figures.idleMb, 'MB', 150),
  ];
};
