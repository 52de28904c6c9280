/**
 * The project's test command. Runs every `*.test.ts` under `src/` and `test/` of the working directory, each in a
 * process of its own, and ends with the line `N passed, N failed` (`, N skipped`).
 *
 * `npm test -- jobs/store` runs the files whose path contains the word; a word that is in no path runs the tests whose
 * title matches it. With `CI=true` a skipped test counts as failed.
 */
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve, sep } from 'node:path';
import { run } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createTally, type RunnerEvent, type Tally } from './runner/tally.ts';
import { testEnvironment } from './runner/test-environment.ts';
import { makeTestedBuild, type TestedBuild } from './runner/tested-build.ts';

/** A file that takes longer hangs, also on a busy machine; its process is ended and the run goes on. */
const fileTimeoutMs = 15 * 60_000;
const loopbackOnly = pathToFileURL(resolve(import.meta.dirname, 'runner/loopback-only.ts')).href;

function select(words: readonly string[]): { files: string[]; titles: RegExp[] } {
  const files = globSync(['src/**/*.test.ts', 'test/**/*.test.ts'])
    .map((file) => file.split(sep).join('/'))
    .sort();
  const inPaths = words.filter((word) => files.some((file) => file.includes(word)));
  const titles = words
    .filter((word) => !inPaths.includes(word))
    .map((word) => new RegExp(word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i'));
  const chosen =
    inPaths.length === 0 ? files : files.filter((file) => inPaths.some((word) => file.includes(word)));
  return { files: chosen, titles };
}

/** Tests of the whole program start it; the others need no build. */
const startsTheProgram = (file: string) => /^test\/(?:cli|docs|e2e)\//.test(file);

const environmentOf = (build: TestedBuild | undefined) =>
  build === undefined ? {} : { TESTED_TROUPE: build.entry, NODE_COMPILE_CACHE: build.compiled };

async function runSelected(
  files: readonly string[],
  titles: readonly RegExp[],
  build: TestedBuild | undefined,
): Promise<Tally> {
  const tally = createTally({ write: (text) => process.stdout.write(text), byTitle: titles.length > 0 });
  const events = run({
    files: files.map((file) => resolve(file)),
    concurrency: availableParallelism(),
    timeout: fileTimeoutMs,
    execArgv: ['--import', loopbackOnly],
    env: { ...testEnvironment(process.env), ...environmentOf(build) },
    ...(titles.length === 0 ? {} : { testNamePatterns: titles }),
  });
  for await (const event of events as AsyncIterable<RunnerEvent>) tally.take(event);
  return tally;
}

const { files, titles } = select(process.argv.slice(2));
const build = files.some(startsTheProgram) ? await makeTestedBuild() : undefined;
const tally = await runSelected(files, titles, build).finally(() => build?.remove());
const { passed, failed, skipped } = tally.counts({ skippedFails: process.env['CI'] === 'true' });
if (passed + failed === 0) process.stdout.write('No test ran.\n');
process.stdout.write(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
