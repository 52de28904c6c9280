import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileScope, scopeGlobs } from './glob-scope.ts';

describe('compileScope', () => {
  it('takes in what a glob matches, leaves out what one with a ! matches, in any order', () => {
    for (const globs of [
      ['src/**/*.ts', '!src/gen/**'],
      ['!src/gen/**', 'src/**/*.ts'],
    ]) {
      const isIn = compileScope(globs);
      assert.deepEqual(['src/a.ts', 'src/gen/g.ts', 'lib/a.ts'].map(isIn), [true, false, false]);
    }
  });

  it('is for every file without a glob, and for every other file with exceptions alone', () => {
    assert.equal(compileScope([])('a.ts'), true);
    assert.deepEqual(['a.ts', 'gen/a.ts'].map(compileScope(['!gen/'])), [true, false]);
  });

  it('takes a glob that cannot be read for one that matches nothing', () => {
    const long = 'x'.repeat(2_000);
    assert.equal(compileScope([long])('a.ts'), false);
    assert.equal(compileScope([`!${long}`])('a.ts'), true);
  });

  it('tells both kinds apart', () => {
    assert.deepEqual(scopeGlobs(['a', '!b', 'c']), { included: ['a', 'c'], excluded: ['b'] });
  });
});
