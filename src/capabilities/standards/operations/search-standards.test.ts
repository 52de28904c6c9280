import assert from 'node:assert/strict';
import { it } from 'node:test';
import { invoke } from '../../../kernel/index.ts';
import type { StandardsSearch } from '../search/standards-search.ts';
import { searchStandards } from './search-standards.ts';

it('names the domains there are where the one asked for is none of them', async () => {
  const standards: StandardsSearch = {
    search: () =>
      Promise.resolve({
        results: [],
        searched: 2,
        sections: 4,
        method: 'keyword',
        methodNote: null,
        indexNote: null,
        skipped: [],
        domains: ['data', 'testing'],
        cached: false,
        bytesOfAll: 1_000,
      }),
  };
  const answer = await invoke(
    searchStandards,
    { query: 'errors', domain: 'nope' },
    { deps: { standards }, call: { door: 'cli', caller: 'cli' } },
  );
  assert.match(
    answer.message,
    /^There is no domain "nope"; there are data, testing\. 0 sections of 2 standards/,
  );
});
