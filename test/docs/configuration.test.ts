import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { configurationReference } from '../../scripts/configuration-reference.ts';

test('docs/configuration.md says what the code does; `npm run docs:configuration` writes it', async () => {
  const file = new URL('../../docs/configuration.md', import.meta.url);
  assert.equal(await readFile(file, 'utf8'), configurationReference());
});
