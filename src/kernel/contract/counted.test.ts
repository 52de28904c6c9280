import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted } from './counted.ts';

test('one is singular; none and many are plural, also where the plural takes more than an s', () => {
  const words = [0, 1, 2, 1_000].map((count) => counted(count, 'staged file'));
  assert.deepEqual(words, ['0 staged files', '1 staged file', '2 staged files', '1000 staged files']);
  assert.equal(counted(1, 'entry', 'entries'), '1 entry');
  assert.equal(counted(2, 'entry', 'entries'), '2 entries');
});
