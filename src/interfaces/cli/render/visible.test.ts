import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { visibleData } from './visible.ts';

describe('visibleData', () => {
  it('reaches every text of a value, keys and other values untouched', () => {
    const value = { a: ['x\u001B', { b: null, c: 1, d: true }], e: '\u0000' };
    assert.deepEqual(visibleData(value), { a: ['x\\u{1b}', { b: null, c: 1, d: true }], e: '\\u{0}' });
  });
});
