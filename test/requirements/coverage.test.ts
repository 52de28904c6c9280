import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { requirementRows, testsByRequirement } from '../../scripts/requirements/coverage.ts';

const document = readFileSync(join(import.meta.dirname, '../../docs/requirements.md'), 'utf8');

describe('requirements', () => {
  it('has every row once', () => {
    const ids = requirementRows(document).map(({ id }) => id);
    const expected = Object.entries({ A: 25, B: 20, C: 12, X: 13 }).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
    );
    assert.deepEqual(ids, expected);
  });

  it('finds ids in titles: several, over line breaks, of suites too, and not elsewhere', () => {
    const text = [
      `it('[A4] cancel keeps the partial result', () => {});`,
      'describe(`[X2, A3] chain`, () => {});',
      `it(\n  "[A5] [X4] it's kept",\n  () => {});`,
      `const note = '[A9] is no title';`,
    ].join('\n');
    const found = testsByRequirement([{ path: 'a.test.ts', text }]);
    assert.deepEqual([...found.keys()].sort(), ['A3', 'A4', 'A5', 'X2', 'X4']);
    assert.deepEqual(found.get('A4'), [
      { path: 'a.test.ts', line: 1, title: 'cancel keeps the partial result' },
    ]);
    assert.equal(found.get('X4')?.[0]?.line, 3);
  });
});
