import { filesErrors } from './errors.ts';
import { TimeLimitError, type RunLimited } from './time-limit.ts';

const maxPatternLength = 1_000;
const maxShownLength = 400;

export interface LineMatch {
  file: string;
  line: number;
  text: string;
}

/** Errors: `files.bad_pattern`. */
export function compilePattern(pattern: string, ignoreCase: boolean): RegExp {
  const refuse = (reason: string) => badPattern(pattern, reason);
  if (pattern === '') throw refuse('it is empty');
  if (pattern.length > maxPatternLength) throw refuse(`it is longer than ${maxPatternLength} characters`);
  try {
    return new RegExp(pattern, ignoreCase ? 'i' : '');
  } catch (error) {
    throw refuse(reasonOf(error));
  }
}

/**
 * The first `room` lines that match, in order.
 * Errors: `files.pattern_too_slow`; `files.bad_pattern` for what the engine refuses only when it runs.
 */
export function matchingLines(
  pattern: RegExp,
  texts: readonly { file: string; text: string }[],
  room: number,
  runLimited: RunLimited,
): LineMatch[] {
  const found: LineMatch[] = [];
  const search = () => {
    found.length = 0;
    for (const { file, text } of texts) {
      const lines = text.split('\n');
      for (let index = 0; index < lines.length && found.length < room; index++) {
        const line = lines[index]!.replace(/\r$/, '');
        const at = line.search(pattern);
        if (at >= 0) found.push({ file, line: index + 1, text: shownLine(line, at) });
      }
    }
  };
  try {
    runLimited(search);
  } catch (error) {
    if (error instanceof TimeLimitError) {
      const facts = { pattern: pattern.source, limitMs: error.limitMs };
      throw filesErrors.make('files.pattern_too_slow', facts, { cause: error });
    }
    if (error instanceof SyntaxError || error instanceof RangeError)
      throw badPattern(pattern.source, reasonOf(error));
    throw error;
  }
  return found;
}

function shownLine(line: string, at: number): string {
  if (line.length <= maxShownLength) return line;
  const start = Math.max(0, Math.min(at - maxShownLength / 4, line.length - maxShownLength));
  const end = start + maxShownLength;
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}

function badPattern(pattern: string, reason: string) {
  return filesErrors.make('files.bad_pattern', { pattern: pattern.slice(0, 80), reason });
}

const reasonOf = (error: unknown) =>
  error instanceof Error ? error.message.replace(/^Invalid regular expression: .*: /, '') : String(error);
