import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { inTurns, type Bench } from '../row.ts';
import { makeRepository } from './make-repository.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

/** The offline review of a large repository, whole process against whole process. */
export const thousandFiles: Bench = async ({ short }) => {
  const files = short ? 60 : 1_000;
  const folder = await mkdtemp(join(tmpdir(), 'troupe-bench-'));
  try {
    await makeRepository(folder, files);
    let memoryMb = 0;
    let standings = 0;
    const review = async () => {
      await rm(join(folder, '.agent-os'), { recursive: true, force: true });
      const startedAt = performance.now();
      const measure = join(import.meta.dirname, 'print-usage.ts');
      const troupe = join(root, 'dist', 'troupe.js');
      const { stderr } = await run(
        process.execPath,
        ['--import', measure, troupe, 'ask', '@security review', '--json', '-p', folder],
        { maxBuffer: 2 ** 28, env: { ...process.env, TROUPE_MODEL: 'offline' } },
      );
      memoryMb = Math.max(memoryMb, Number(/max rss (\d+) KB/.exec(stderr)?.[1]) / 1_024);
      standings = distinctStandings(join(folder, '.agent-os', 'troupe.db'));
      return performance.now() - startedAt;
    };
    const alone = async () => {
      const startedAt = performance.now();
      await run(process.execPath, [join(import.meta.dirname, 'analyzers-alone.ts'), folder]);
      return performance.now() - startedAt;
    };
    const times = await inTurns(short ? 1 : 3, review, alone);
    const what = `offline review of ${files} files`;
    return [
      { what, ...times, peerName: 'analyzers alone', unit: 'ms', limit: { atMost: 2 } },
      {
        what: `${what}, memory`,
        ours: memoryMb,
        peer: undefined,
        peerName: '',
        unit: 'MB',
        limit: { atMost: 400 },
      },
      {
        what: `${what}, different standings told on the way`,
        ours: standings,
        peer: undefined,
        peerName: '',
        unit: '',
        limit: { atLeast: short ? 3 : 8 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** How often the job's progress moved, by its events. */
function distinctStandings(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare("SELECT DISTINCT payload FROM events WHERE name = 'jobs.progressed'").all();
  database.close();
  const percents = rows.map((row) => (JSON.parse(String(row['payload'])) as { percent: number }).percent);
  return new Set(percents).size;
}
