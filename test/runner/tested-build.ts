import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The product as it is built, for tests that start it: what people run, and it starts in a third of the sources' time. */
export interface TestedBuild {
  /** Absolute path of the program. */
  entry: string;
  /** Where Node keeps what it compiles of it, for all tests: each has a home of its own, and would begin anew. */
  compiled: string;
  remove(): Promise<void>;
}

/**
 * Builds the product and copies what the package holds aside, where no other build takes it away in the middle of a test.
 * Rejects, and leaves no copy, when `signal` ends it.
 */
export async function makeTestedBuild(signal: AbortSignal): Promise<TestedBuild> {
  const tsdown = resolve('node_modules/tsdown/dist/run.mjs');
  await promisify(execFile)(process.execPath, [tsdown], { signal });
  const cache = resolve('node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'troupe-tested-'));
  const build = {
    entry: join(folder, 'dist', 'troupe.js'),
    compiled: join(folder, 'compiled'),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
  try {
    const { files } = JSON.parse(await readFile('package.json', 'utf8')) as { files: string[] };
    for (const part of ['package.json', ...files]) await cp(part, join(folder, part), { recursive: true });
    signal.throwIfAborted();
    return build;
  } catch (error) {
    await build.remove();
    throw error;
  }
}
