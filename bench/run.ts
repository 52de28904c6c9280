import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { checkThousandFiles } from './checks/check-thousand-files.ts';
import { builtInEmbeddings } from './embeddings/built-in.ts';
import { pickUp, reads } from './jobs/latency.ts';
import { postgresThroughput, sqliteThroughput } from './jobs/throughput.ts';
import { mcpServer } from './mcp/bench-mcp.ts';
import { thousandFiles } from './review/thousand-files.ts';
import type { Bench, BenchRow } from './row.ts';
import { firstIndex, searchFreshness } from './search/freshness.ts';
import { searchLatency } from './search/latency.ts';
import { searchQuality } from './search/quality.ts';
import { dependenciesOnDisk } from './size/dependencies.ts';

/** Every benchmark, by the name that selects it: `npm run bench -- jobs`. */
const benches: Record<string, Bench> = {
  'jobs-sqlite': sqliteThroughput,
  'jobs-postgres': postgresThroughput,
  'jobs-pick-up': pickUp,
  'jobs-reads': reads,
  mcp: mcpServer,
  review: thousandFiles,
  checks: checkThousandFiles,
  embeddings: builtInEmbeddings,
  'search-quality': searchQuality,
  'search-latency': searchLatency,
  'search-freshness': searchFreshness,
  'search-first-index': firstIndex,
  size: dependenciesOnDisk,
};

const words = process.argv.slice(2);
const short = words.includes('--short');
const wanted = words.filter((word) => !word.startsWith('--'));
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGib: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
};
process.stdout.write(
  `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB, Node ${machine.node}, ${machine.platform}\n\n`,
);

const rows: (BenchRow & { ratio: number | undefined; met: boolean | undefined })[] = [];
let failed = 0;
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  try {
    for (const row of await bench({ short })) {
      const ratio = row.peer === undefined ? undefined : row.ours / row.peer;
      rows.push({ ...row, ratio, met: isMet(row, ratio ?? row.ours) });
      process.stdout.write(`${line(rows.at(-1)!)}\n`);
    }
  } catch (error) {
    failed += 1;
    process.stderr.write(
      `${name} did not run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  }
}
const missed = rows.filter((row) => row.met === false).length;
process.stdout.write(
  `\n${rows.filter((row) => row.met === true).length} limits met, ${missed} missed, ${failed} benches failed\n`,
);
const jsonPath = words.find((word) => word.startsWith('--json='))?.slice('--json='.length);
if (jsonPath !== undefined) await writeFile(jsonPath, JSON.stringify({ machine, short, rows }, null, 2));
// Figures of a short run say only that everything runs.
// Ended by hand: the test server's package has an exit hook that forgets the exit code.
process.exit(failed > 0 || (missed > 0 && !short) ? 1 : 0);

function isMet({ limit }: BenchRow, figure: number): boolean | undefined {
  if (limit === undefined) return undefined;
  return 'atLeast' in limit ? figure >= limit.atLeast : figure <= limit.atMost;
}

function line(row: (typeof rows)[number]): string {
  const mark = row.met === undefined ? ' ' : row.met ? '✓' : '✗';
  const limit =
    row.limit === undefined
      ? ''
      : 'atLeast' in row.limit
        ? `≥ ${row.limit.atLeast}`
        : `≤ ${row.limit.atMost}`;
  const peer = row.peer === undefined ? '' : `${number(row.peer)} ${row.peerName}`;
  const ratio = row.ratio === undefined ? '' : `ratio ${row.ratio.toFixed(2)}`;
  return [
    mark,
    row.what.padEnd(52),
    `${number(row.ours)} ${row.unit}`.padStart(16),
    peer.padStart(26),
    ratio.padStart(12),
    limit,
    row.note ?? '',
  ]
    .join('  ')
    .trimEnd();
}

function number(value: number): string {
  if (value >= 1_000) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
