import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openProjectFiles } from '../../../platform/files/index.ts';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { filesWithTexts } from './files-with-texts.ts';

describe('project files with texts in the place of others', () => {
  it('read, find and list these, and all else as it lies there', async (t) => {
    const root = await temporaryTree(t, { 'src/a.ts': 'old', 'src/b.ts': 'b', 'lib/c.ts': 'c' });
    const plain = await openProjectFiles({ root });
    const files = filesWithTexts(
      plain,
      new Map([
        ['src/a.ts', 'new\nlines\n'],
        ['made/d.ts', 'd'],
      ]),
    );
    assert.deepEqual(await files.readText('./src/a.ts'), {
      path: 'src/a.ts',
      text: 'new\nlines\n',
      lines: 2,
      sizeBytes: 10,
    });
    assert.equal((await files.readText('src/b.ts')).text, 'b');
    assert.equal((await files.resolve('made/d.ts')).relative, 'made/d.ts');
    await assert.rejects(files.resolve('made/e.ts'), { code: 'files.not_found' });
    const listed = async (under?: string[], glob?: string) =>
      (
        await files.list({
          ...(under === undefined ? {} : { under }),
          ...(glob === undefined ? {} : { glob }),
        })
      ).files.map(({ path, sizeBytes }) => `${path} ${sizeBytes}`);
    assert.deepEqual(await listed(), ['lib/c.ts 1', 'made/d.ts 1', 'src/a.ts 10', 'src/b.ts 1']);
    assert.deepEqual(await listed(['made/d.ts']), ['made/d.ts 1']);
    assert.deepEqual(await listed(['src', 'made/d.ts'], '**/a.ts'), ['src/a.ts 10']);
    await assert.rejects(listed(['nope']), { code: 'files.not_found' });
    const found = async (under?: string[]) =>
      (await files.grep({ pattern: '^.', ...(under === undefined ? {} : { under }) })).matches.map(
        ({ file }) => file,
      );
    assert.deepEqual(await found(), ['lib/c.ts', 'src/b.ts']);
    assert.deepEqual(await found(['made/d.ts']), []);
    assert.equal(filesWithTexts(plain, new Map()), plain);
  });
});
