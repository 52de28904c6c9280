import type { z } from 'zod';
import { counted } from '../contract/index.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with one field, in words: its name, what it must be, what was given. */
export function problemOf(issue: Issue, rawInput: unknown): string {
  const field = issue.path.join('.');
  const given = valueAt(rawInput, issue.path);
  if (given === undefined && field !== '') return `${field} is missing`;
  return `${field === '' ? 'the input' : field} ${mustBe(issue)}${shown(given, issue)}`;
}

function mustBe(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return `must be at least ${sizeOf(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `must be at most ${sizeOf(issue.origin, issue.maximum)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}`;
    default:
      return `is not valid: ${issue.message}`;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function sizeOf(origin: string, bound: number | bigint): string {
  if (origin === 'string') return `${counted(Number(bound), 'character')} long`;
  return origin === 'array' ? `${counted(Number(bound), 'entry', 'entries')} long` : String(bound);
}

/** Longest word of a fixed set that is repeated to the caller. */
const longestShown = 40;

/** What was given instead, where it cannot be a secret: a number, or a short word where a fixed word was expected. */
function shown(given: unknown, issue: Issue): string {
  const isWord = typeof given === 'string' && issue.code === 'invalid_value' && given.length <= longestShown;
  return typeof given === 'number' || typeof given === 'boolean' || isWord
    ? `, not ${JSON.stringify(given)}`
    : '';
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}
