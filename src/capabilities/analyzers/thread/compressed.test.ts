import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { whyCompressed } from './compressed.ts';
import { readSource } from './read-source.ts';

const lines = (count: number) =>
  Array.from({ length: count }, (_, n) => `export const a${n} = f(${n});\n`).join('');
const encoded = 'eyJ2ZXJzaW9uIjozfQ'.repeat(2_000);
const sourceMap = `//# sourceMappingURL=data:application/json;charset=utf-8;base64,${encoded}`;
const inScript = { isScript: true };

describe('minified and generated files', () => {
  for (const [title, text] of [
    ['a source map at its end', lines(100) + sourceMap],
    ['an encoded picture in a text', `${lines(20)}export const icon = 'data:image/png;base64,${encoded}';\n`],
    [
      'a page in one text',
      `${lines(20)}export const page = \`${'<p class=\\"a\\">x</p>'.repeat(1_000)}\`;\n`,
    ],
    ['one long table among much code', `${lines(400)}export const table = [${'1, 2, '.repeat(1_000)}];\n`],
  ] as const)
    it(`are none with ${title}`, () => assert.equal(whyCompressed(text, inScript), undefined));

  for (const [title, text, why] of [
    ['one line', 'a(1);'.repeat(2_000), /\(10,000 characters a line\)$/],
    [
      'a banner, one line and a source map',
      `/* b */\n${'a(1);'.repeat(2_000)}\n${sourceMap}`,
      /10,000 characters/,
    ],
    [
      'lines of moderate length',
      `${'a(1);'.repeat(60)}\n`.repeat(100),
      /\(297 characters a line on average\)$/,
    ],
    [
      'modules in texts that are run',
      `${'eval("a(1);b(2);'.padEnd(7_000, 'c(3);')}");\n`.repeat(2),
      /minified/,
    ],
  ] as const)
    it(`are seen by ${title}`, () => assert.match(whyCompressed(text, inScript)!, why));

  it('leave the encoded original out of what is read, and lines keep their numbers', async (t) => {
    const root = await mkdtemp(join(tmpdir(), 'troupe-source-'));
    t.after(() => rm(root, { recursive: true, force: true }));
    await writeFile(join(root, 'a.js'), `a();\n${sourceMap}\nb();\n`);
    assert.deepEqual(await readSource(root, 'a.js'), { text: 'a();\n//# sourceMappingURL=data:\nb();\n' });
  });
});
