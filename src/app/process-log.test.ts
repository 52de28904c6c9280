import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databaseErrors } from '../platform/database/index.ts';
import { createLogger } from '../platform/logging/index.ts';
import { logProblem } from './process-log.ts';

function entryOf(problem: unknown): Record<string, unknown> {
  const lines: string[] = [];
  const stream = { write: (line: string) => lines.push(line), on: () => undefined };
  logProblem(createLogger({ stream, secrets: ['correct horse battery'] }), problem);
  assert.equal(lines.length, 1);
  return JSON.parse(lines[0]!) as Record<string, unknown>;
}

test('a foreseen problem is logged with code, remedy and cause, keys masked', () => {
  const cause = new Error('refused for correct horse battery');
  const facts = { database: '.agent-os/troupe.db', reason: 'a page is not what it says' };
  const entry = entryOf(databaseErrors.make('database.corrupted', facts, { cause }));
  assert.equal(entry['level'], 'error');
  assert.equal(entry['code'], 'database.corrupted');
  assert.match(String(entry['message']), /troupe\.db is damaged/);
  assert.match(String(entry['remedy']), /restore a backup/);
  assert.deepEqual(entry['details'], facts);
  assert.match(JSON.stringify(entry['cause']), /refused for \[redacted\]/);
});

test('what nobody foresaw is logged with its stack, anything thrown in words', () => {
  const entry = entryOf(new TypeError('x is undefined'));
  assert.equal(entry['message'], 'x is undefined');
  assert.match(JSON.stringify(entry['error']), /TypeError.*process-log\.test/);
  assert.equal(entryOf('a text')['message'], 'a text');
});
