import assert from 'node:assert/strict';
import { test } from 'node:test';
import pc from 'picocolors';
import { renderOutput } from './render-output.ts';

test('each hit of a search says why it was found, between its citation and its text', () => {
  const hit = { citation: 'a.md:3 (Rule) [approved]', content: 'Do this.', relevance: 0.9 };
  const results = [
    { ...hit, reason: 'words: errors; meaning 0.80' },
    { ...hit, reason: '' },
  ];
  assert.equal(
    renderOutput('standards.search', { results, message: '2 sections.' }, pc.createColors(false)),
    'a.md:3 (Rule) [approved]  0.9\nfound by words: errors; meaning 0.80\nDo this.\n\na.md:3 (Rule) [approved]  0.9\nDo this.\n\n2 sections.',
  );
});
