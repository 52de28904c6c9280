import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from '../row.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

/** What a user's disk holds after an install without development tools. */
export const dependenciesOnDisk: Bench = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-bench-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) await cp(join(root, file), join(folder, file));
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    await run(npm, ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline'], { cwd: folder });
    const sizeMb = (await sizeOf(join(folder, 'node_modules'))) / 1_048_576;
    return [
      {
        what: 'runtime dependencies on disk',
        ours: sizeMb,
        peer: undefined,
        peerName: '',
        unit: 'MB',
        limit: { atMost: 130 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
