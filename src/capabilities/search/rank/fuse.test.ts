import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import { fuse } from './fuse.ts';

const standard = (id: string) => ({ record: { id, chunks: [] } }) as unknown as CatalogueEntry;
const [near, far] = [standard('a/near'), standard('b/far')];

function relevances(covered: number, closest: number | undefined): number[] {
  const words = {
    best: covered === 0 ? [] : [near],
    covered,
    of: (one: CatalogueEntry) => (one === near && covered > 0 ? 3 : 0),
    ofChunk: () => 0,
  };
  const meaningOf = (closeness: number) => ({ closest: closeness, overall: closeness, chunks: new Map() });
  const meaning =
    closest === undefined
      ? undefined
      : {
          standards: new Map([
            [near, meaningOf(closest)],
            [far, meaningOf(closest / 2)],
          ]),
          unknown: new Set<CatalogueEntry>(),
          usual: { mean: 0.05, deviation: 0.02 },
        };
  return fuse(words, meaning).map(({ score }) => Math.round(score * 100) / 100);
}

describe('[A13] the relevance of a standard', () => {
  it('is high only where the standards hold the question or come close to it, in the same order', () => {
    const [answered, half, chance] = [relevances(0.8, 0.6), relevances(0.3, 0.35), relevances(0.2, 0.2)];
    assert.ok(answered[0]! > 0.9 && half[0]! < 0.7 && chance[0]! < 0.4, JSON.stringify({ half, chance }));
    for (const found of [answered, half, chance]) assert.equal(found.length, 2);
  });

  it('is that of nothing where no word of the question is known and nothing comes close', () => {
    assert.deepEqual(relevances(0, 0.25), []);
    assert.equal(relevances(0, 0.5).length, 2);
  });

  it('follows the words alone where there is no meaning', () => {
    assert.deepEqual(relevances(0.9, undefined), [1]);
    assert.deepEqual(relevances(0.3, undefined), [0.5]);
    assert.deepEqual(relevances(0, undefined), []);
  });
});
