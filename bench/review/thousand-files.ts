import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    let progressLines = 0;
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
      progressLines = stderr.split('\n').filter((line) => line.includes('%')).length;
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
        what: `${what}, progress lines without a terminal`,
        ours: progressLines,
        peer: undefined,
        peerName: '',
        unit: 'lines',
        limit: { atLeast: 3 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
