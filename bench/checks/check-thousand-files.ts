import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeRepository } from '../review/make-repository.ts';
import { inTurns, type Bench } from '../row.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

/** A check of a large repository against the standards that ship, and of one changed file of it, whole processes. */
export const checkThousandFiles: Bench = async ({ short }) => {
  const files = short ? 60 : 1_000;
  const folder = await mkdtemp(join(tmpdir(), 'troupe-bench-'));
  const timed = async (args: readonly string[]) => {
    const startedAt = performance.now();
    await run(process.execPath, args, {
      maxBuffer: 2 ** 28,
      env: { ...process.env, TROUPE_MODEL: 'offline' },
    });
    return performance.now() - startedAt;
  };
  const check = (...more: readonly string[]) =>
    timed([
      join(root, 'dist', 'troupe.js'),
      'check',
      '--rules-only',
      '--fail-on',
      'never',
      '--json',
      '-p',
      folder,
      ...more,
    ]);
  try {
    await makeRepository(folder, files);
    await run('git', ['init', '-q'], { cwd: folder });
    await check();
    const whole = await inTurns(
      short ? 1 : 3,
      () => check(),
      () => timed([join(import.meta.dirname, 'analyzers-of-all-trades.ts'), folder]),
    );
    await run('git', ['add', 'package.json', 'part-0/src/server.ts'], { cwd: folder });
    const staged = await inTurns(
      short ? 1 : 5,
      () => check('--staged'),
      () => timed([join(root, 'dist', 'troupe.js'), 'jobs', 'list', '-p', folder]),
    );
    return [
      {
        what: `check of ${files} files, all shipped standards`,
        ...whole,
        peerName: 'all rules alone',
        unit: 'ms',
        limit: { atMost: 1.5 },
      },
      {
        what: 'check --staged of one file, as a hook',
        ...staged,
        peerName: 'troupe jobs list',
        unit: 'ms',
        limit: undefined,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
