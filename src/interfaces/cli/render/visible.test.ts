import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { visible, visibleData } from './visible.ts';

describe('visible', () => {
  it('writes out what would drive a terminal or hide text, and keeps lines, tabs and letters', () => {
    assert.equal(visible('a\u001B[31mb\u0007 \u202Ec'), 'a\\u{1b}[31mb\\u{7} \\u{202e}c');
    assert.equal(visible('Größe\t木\r\nnext 🎭'), 'Größe\t木\nnext 🎭');
  });

  it('reaches every text of a value, keys and other values untouched', () => {
    const value = { a: ['x\u001B', { b: null, c: 1, d: true }], e: '\u0000' };
    assert.deepEqual(visibleData(value), { a: ['x\\u{1b}', { b: null, c: 1, d: true }], e: '\\u{0}' });
  });

  it('leaves no control character in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // eslint-disable-next-line no-control-regex
        assert.doesNotMatch(visible(text), /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/);
      }),
    );
  });
});
