import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRepository } from './source-tree.ts';

const { files } = readRepository();

describe('AGENTS.md', () => {
  it('fits 120 lines', () => {
    assert.ok(files.get('AGENTS.md')!.trimEnd().split('\n').length <= 120);
  });
});
