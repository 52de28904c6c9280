import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { visibleData } from './visible.ts';

describe('visibleData', () => {
  it('writes out the line breaks that a name of a file has, and leaves those of a text', () => {
    const value = { file: 'a\nb.ts', files: ['c\td.ts', { path: 'e\nf', text: 'g\nh' }], why: 'i\nj' };
    assert.deepEqual(visibleData(value), {
      file: 'a\\u{a}b.ts',
      files: ['c\\u{9}d.ts', { path: 'e\\u{a}f', text: 'g\nh' }],
      why: 'i\nj',
    });
  });

  it('reaches every text of a value, keys and other values untouched', () => {
    const value = { a: ['x\u001B', { b: null, c: 1, d: true }], e: '\u0000' };
    assert.deepEqual(visibleData(value), { a: ['x\\u{1b}', { b: null, c: 1, d: true }], e: '\\u{0}' });
  });
});
