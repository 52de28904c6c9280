import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertListed } from './document-list.ts';

describe('assertListed', () => {
  it('passes where a document lists what there is, in any order', () => {
    assertListed('The table', ['b', 'a'], ['a', 'b']);
  });

  it('names the document, what it lacks and what is no more', () => {
    assert.throws(() => assertListed('The table', ['a', 'b'], ['b', 'c', 'd']), {
      message: 'The table lacks c, d. The table names a, which there is not.',
    });
  });
});
