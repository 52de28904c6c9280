import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Command } from 'commander';
import { z } from 'zod';
import { operationsOf } from '../../kernel/index.ts';
import { declareForm, formOf, inputOf } from './derive-command.ts';

const operation = operationsOf<object>()({
  name: 'things.find',
  summary: 'Find things.',
  input: z.object({
    query: z.string(),
    tags: z.array(z.string()).optional().describe('Only with one of these tags.'),
    limit: z.int().min(1).max(9).default(3).describe('Most things.'),
    whole: z.boolean().default(false).describe('All of it.'),
  }),
  output: z.object({}),
  doors: { cli: 'things find' },
  policy: { effect: 'read', idempotent: true },
  errors: [],
  handler: () => Promise.resolve({}),
});

function inputOfLine(...line: string[]): unknown {
  const form = formOf(operation);
  const command = new Command('find').exitOverride();
  declareForm(command, form, operation);
  command.parse(line, { from: 'user' });
  return inputOf(form, command.args, command.opts());
}

describe('a command derived from an operation', () => {
  it('takes required texts as words, the rest as flags, numbers as numbers', () => {
    assert.deepEqual(inputOfLine('words', '--limit', '2', '--whole'), {
      query: 'words',
      limit: 2,
      whole: true,
    });
    assert.deepEqual(inputOfLine('words', '--limit', 'many'), { query: 'words', limit: 'many' });
  });

  it('takes a list with commas, flag by flag, or both', () => {
    const expected = { query: 'words', tags: ['logging', 'api'] };
    assert.deepEqual(inputOfLine('words', '--tags', 'logging, api'), expected);
    assert.deepEqual(inputOfLine('words', '--tags', 'logging', '--tags', 'api'), expected);
    assert.deepEqual(inputOfLine('words'), { query: 'words' });
  });
});
