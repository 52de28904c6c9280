import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileGlob } from './index.ts';

test('globs match what people expect of them', () => {
  const cases: [glob: string, path: string, matches: boolean][] = [
    ['*.ts', 'a.ts', true],
    ['*.ts', 'deep/down/a.ts', true],
    ['/a.ts', 'a.ts', true],
    ['./src/*.ts', 'src/a.ts', true],
    ['src/*.ts', 'src/deep/a.ts', false],
    ['src/**/*.ts', 'src/a.ts', true],
    ['src/**/*.ts', 'src/x/y/a.ts', true],
    ['src/', 'src/x/y', true],
    ['src/**', 'srcs/a', false],
    ['**', 'any/thing', true],
    ['**/test/**', 'a/test/b.ts', true],
    ['**/test/**', 'a/test', false],
    ['*.{ts,tsx}', 'a.tsx', true],
    ['{src,lib}/{a,b{1,2}}.ts', 'lib/b2.ts', true],
    ['{open', '{open', true],
    ['[a-c]?.ts', 'b1.ts', true],
    ['[!a-c]?.ts', 'b1.ts', false],
    ['\\*.ts', 'a.ts', false],
    ['\\*.ts', '*.ts', true],
    ['.*', '.env', true],
    ['*', '.env', true],
  ];
  for (const [glob, path, matches] of cases)
    assert.equal(compileGlob(glob)(path), matches, `${glob} on ${path}`);
  assert.equal(compileGlob('SRC/*.TS', { ignoreCase: true })('src/A.ts'), true);
});

test('stars and question marks agree with the regular expression that means the same', () => {
  const piece = fc.constantFrom('a', 'b', '*', '?', '.');
  const patterns = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(''));
  const names = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(patterns, names, (pattern, name) => {
      const meaning = pattern.replaceAll('.', '\\.').replace(/\*+/g, '.*').replaceAll('?', '.');
      assert.equal(
        compileGlob(`x/${pattern}`)(`x/${name}`),
        pattern === '**' || new RegExp(`^${meaning}$`).test(name),
      );
    }),
    { numRuns: 2_000 },
  );
});

test('a glob over its limits is refused with the figure', () => {
  const refused = { code: 'files.bad_glob' };
  assert.throws(() => compileGlob('{a,b}'.repeat(7)), { ...refused, message: /64 alternatives/ });
  assert.throws(() => compileGlob('a'.repeat(1_001)), { ...refused, message: /1000 characters/ });
  assert.throws(() => compileGlob(' '), refused);
});
