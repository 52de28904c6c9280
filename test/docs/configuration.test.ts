import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { configurationReference } from '../../scripts/configuration-reference.ts';

test('docs/configuration.md says what the code does', async () => {
  const written = await readFile(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
  // Compared by itself: a difference of two whole documents is hundreds of lines.
  assert.ok(written === configurationReference(), 'It is stale: run `npm run docs:configuration` first.');
});
