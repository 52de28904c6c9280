import { relative, sep } from 'node:path';
import { inspect } from 'node:util';
import type { EventData } from 'node:test';

/** What the runner's stream yields; only the kinds named in `take` matter here. */
export type RunnerEvent = { type: string; data?: unknown };
type TestEnd = EventData.TestPass | EventData.TestFail;

interface FileOutcome {
  path: string;
  /** Titles of the tests around the one being reported, by nesting. */
  titles: string[];
  passed: number;
  failed: number;
  skipped: string[];
  failures: string[];
  durationMs: number;
}

export interface Tally {
  /** Takes one event of the runner. A file's line, with its failures in full, is written when the next one begins. */
  take(event: RunnerEvent): void;
  /** Ends the last file. `skippedFails` counts skipped tests among the failed ones and names them. */
  counts(options: { skippedFails: boolean }): { passed: number; failed: number; skipped: number };
}

/** How much of a failing file's own output is shown, characters from the end. */
const outputShown = 10_000;

/**
 * Counts tests (suites and files are none) and reports file by file.
 *
 * A failure is: a failing test, a failing hook, a file that crashed, timed out or left an unhandled error, and a file
 * without a test, unless the run is `byTitle`, where most files match nothing.
 */
export function createTally(options: { write: (text: string) => void; byTitle: boolean }): Tally {
  const finished: FileOutcome[] = [];
  // Output may arrive while another file is being reported; starts, passes and failures come file by file.
  const output = new Map<string, string>();
  let current: FileOutcome | undefined;

  function finish(): void {
    if (current === undefined) return;
    finished.push(current);
    if (current.passed + current.failed + current.skipped.length > 0)
      options.write(describe(current, output.get(current.path) ?? ''));
    output.delete(current.path);
    current = undefined;
  }

  function outcomeOf(file: string): FileOutcome {
    if (current?.path === file) return current;
    finish();
    current = {
      path: file,
      titles: [],
      passed: 0,
      failed: 0,
      skipped: [],
      failures: [],
      durationMs: 0,
    };
    return current;
  }

  function endTest(outcome: FileOutcome, data: TestEnd, succeeded: boolean): void {
    const isFile = data.nesting === 0 && data.name === data.file;
    const title = isFile
      ? 'the file itself'
      : [...outcome.titles.slice(0, data.nesting), data.name].join(' > ');
    if (data.nesting === 0) outcome.durationMs += data.details.duration_ms;
    if (!succeeded) {
      const { error } = (data as EventData.TestFail).details;
      if (failureTypeOf(error) === 'subtestsFailed') return;
      outcome.failed += 1;
      outcome.failures.push(`${title} (line ${data.line ?? 1})\n${causeOf(error)}`);
    } else if (isFile) {
      if (options.byTitle) return;
      outcome.failed += 1;
      outcome.failures.push('the file itself\nIt holds no test.');
    } else if (isSet(data.skip) || isSet(data.todo)) outcome.skipped.push(title);
    else if (data.details.type !== 'suite') outcome.passed += 1;
  }

  return {
    take({ type, data }) {
      const { file } = (data ?? {}) as { file?: string };
      if (file === undefined) return;
      if (type === 'test:stdout' || type === 'test:stderr' || type === 'test:diagnostic') {
        const { message } = data as EventData.TestStdout;
        output.set(file, `${output.get(file) ?? ''}${message.trimEnd()}\n`);
      } else if (type === 'test:start') {
        const { nesting, name } = data as EventData.TestStart;
        outcomeOf(file).titles.splice(nesting, Infinity, name);
      } else if (type === 'test:pass' || type === 'test:fail') {
        endTest(outcomeOf(file), data as TestEnd, type === 'test:pass');
      }
    },
    counts({ skippedFails }) {
      finish();
      const total = (of: (outcome: FileOutcome) => number): number =>
        finished.reduce((sum, one) => sum + of(one), 0);
      const skipped = total((outcome) => outcome.skipped.length);
      for (const { path, skipped: titles } of skippedFails ? finished : []) {
        for (const title of titles) options.write(`SKIPPED, which fails here: ${shown(path)}: ${title}\n`);
      }
      return {
        passed: total((outcome) => outcome.passed),
        failed: total((outcome) => outcome.failed) + (skippedFails ? skipped : 0),
        skipped: skippedFails ? 0 : skipped,
      };
    },
  };
}

function describe(outcome: FileOutcome, output: string): string {
  const { passed, failed, skipped } = outcome;
  const counts = [`${passed} passed`];
  if (failed > 0) counts.push(`${failed} failed`);
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  const line = `${failed > 0 ? 'FAIL' : 'ok  '} ${shown(outcome.path)}: ${counts.join(', ')} (${(outcome.durationMs / 1000).toFixed(1)} s)\n`;
  if (failed === 0) return line;
  const failures = outcome.failures.map((failure) => `${indent(failure)}\n`).join('\n');
  const shownOutput = output.slice(-outputShown).trim();
  return `${line}${failures}${shownOutput === '' ? '' : `  output of the file\n${indent(shownOutput)}\n`}\n`;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? '  ' : '    '}${line}`.trimEnd())
    .join('\n');
}

function shown(path: string): string {
  return relative(process.cwd(), path).split(sep).join('/');
}

function isSet(mark: string | boolean | undefined): boolean {
  return mark !== undefined && mark !== false;
}

function failureTypeOf(error: Error): unknown {
  return (error as Error & { failureType?: unknown }).failureType;
}

/** The error the test threw, as Node prints it; the runner wraps it once. */
function causeOf(error: Error): string {
  return inspect(error.cause instanceof Error ? error.cause : error, { colors: false });
}
