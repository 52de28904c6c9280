import assert from 'node:assert/strict';
import { it } from 'node:test';
import { redactSecrets } from '../../analyzers/index.ts';
import { maskedSearch } from './masked-search.ts';
import type { StandardHit, StandardsSearch } from './standards-search.ts';

const hitOf = (content: string): StandardHit => ({
  ...{ id: 'security/sessions', file: '.agent-os/standards/security/sessions.md', section: 'Sessions' },
  ...{ line: 3, content, layer: 'project', approval: 'unapproved', tags: [], relevance: 0.9 },
  ...{ reason: 'words: sessions', citation: '.agent-os/standards/security/sessions.md:3 (Sessions)' },
});

const searchOver = (contents: readonly string[]): StandardsSearch => ({
  search: () =>
    Promise.resolve({
      ...{ results: contents.map(hitOf), searched: 1, sections: 1, method: 'keyword', methodNote: null },
      ...{ indexNote: null, skipped: [], cached: false, bytesOfAll: 100 },
    }),
});

it('[A9] masks what somebody wrote into a standard, scans it once, and nothing that cannot hold a secret', async () => {
  const secret = ['AKIA', 'QYLPMN5HFIQR7XYA'].join('');
  const contents = [
    `Sign in with ${secret}.\nThen go on.`,
    'Sessions end after an hour.',
    'api_key: see the vault',
  ];
  const scanned: string[] = [];
  const search = maskedSearch(searchOver(contents), (text) => {
    scanned.push(text);
    return redactSecrets(text);
  });
  for (const time of [1, 2]) {
    const { results, searched } = await search.search('sessions', { limit: 5 });
    const masked = 'Sign in with [redacted: aws-access-key].\nThen go on.';
    assert.deepEqual(results, [masked, contents[1]!, contents[2]!].map(hitOf), `search ${time}`);
    assert.equal(searched, 1);
  }
  assert.deepEqual(scanned, [contents[0], contents[2]]);
});
