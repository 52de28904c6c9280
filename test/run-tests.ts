/**
 * The project's test command. Runs every `*.test.ts` under `src/` and `test/` of the working directory, each in a
 * process of its own, and ends with the line `N passed, N failed` (`, N skipped`).
 *
 * `npm test -- jobs/store` runs the files whose path contains the word; a word that is in no path runs the tests whose
 * title contains it, and both together these tests of those files. A word with a `/` or the ending `.ts` that is in no path
 * is refused with the nearest paths. With `CI=true` a skipped test counts as failed. SIGINT and SIGTERM end the test
 * processes and leave nothing behind; the exit code is then 130 or 143, and that of a refusal is 2.
 */
import { globSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';
import { resolve, sep } from 'node:path';
import { run } from 'node:test';
import { pathToFileURL } from 'node:url';
import { selectTests, type Selection } from './runner/select-tests.ts';
import { createTally, type RunnerEvent, type Tally } from './runner/tally.ts';
import { testEnvironment } from './runner/test-environment.ts';
import { makeTestedBuild, type TestedBuild } from './runner/tested-build.ts';

/** A file that takes longer hangs, also on a busy machine; its process is ended and the run goes on. */
const fileTimeoutMs = 15 * 60_000;
const loopbackOnly = pathToFileURL(resolve(import.meta.dirname, 'runner/loopback-only.ts')).href;

/** Tests of the whole program start it; the others need no build. */
const startsTheProgram = (file: string) => /^test\/(?:cli|docs|e2e)\//.test(file);

const environmentOf = (build: TestedBuild | undefined) =>
  build === undefined ? {} : { TESTED_TROUPE: build.entry, NODE_COMPILE_CACHE: build.compiled };

/** Ends with what was counted until then when `signal` ends it. */
async function runSelected(
  { files, titles }: Selection,
  tally: Tally,
  { build, signal }: { build: TestedBuild | undefined; signal: AbortSignal },
): Promise<void> {
  const events = run({
    files: files.map((file) => resolve(file)),
    concurrency: availableParallelism(),
    timeout: fileTimeoutMs,
    execArgv: ['--import', loopbackOnly],
    env: { ...testEnvironment(process.env), ...environmentOf(build) },
    signal,
    ...(titles.length === 0 ? {} : { testNamePatterns: [...titles] }),
  });
  // Once it is to end, every file that has not ended is reported as failed.
  for await (const event of events as AsyncIterable<RunnerEvent>) if (!signal.aborted) tally.take(event);
}

async function buildAndRun(selection: Selection, tally: Tally, signal: AbortSignal): Promise<void> {
  const build = selection.files.some(startsTheProgram) ? await makeTestedBuild(signal) : undefined;
  try {
    await runSelected(selection, tally, { build, signal });
  } finally {
    await build?.remove();
  }
}

async function runTests(selection: Selection): Promise<number> {
  const stop = new AbortController();
  let stoppedBy: 'SIGINT' | 'SIGTERM' | undefined;
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    // As often as it comes: a person who presses twice would end this process before it has tidied up.
    process.on(name, () => {
      stoppedBy ??= name;
      // Without a reason of its own: Node's runner writes on it, and a text would have it wait for ever.
      stop.abort();
    });
  const write = (text: string) => process.stdout.write(text);
  const tally = createTally({ write, byTitle: selection.titles.length > 0 });
  try {
    await buildAndRun(selection, tally, stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  const { passed, failed, skipped } = tally.counts({ skippedFails: process.env['CI'] === 'true' });
  const counts = `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
  if (stoppedBy !== undefined) {
    write(`Stopped by ${stoppedBy}; until then ${counts}\n`);
    return 128 + constants.signals[stoppedBy];
  }
  write(`${passed + failed === 0 ? 'No test ran.\n' : ''}${counts}\n`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

const allFiles = globSync(['src/**/*.test.ts', 'test/**/*.test.ts']).map((file) => file.split(sep).join('/'));
const selection = selectTests(allFiles.sort(), process.argv.slice(2));
for (const refusal of selection.refusals) process.stderr.write(`${refusal}\n`);
process.exitCode = selection.refusals.length > 0 ? 2 : await runTests(selection);
