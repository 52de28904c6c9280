import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { openProjectFiles } from './index.ts';
import { temporaryTree } from './testing.ts';

test('a text file comes with its size, its lines, and without byte order mark', async (t) => {
  const root = await temporaryTree(t, {
    'a.ts': 'one\ntwo\n',
    'b.ts': 'one\r\ntwo',
    'empty.ts': '',
    'bom.ts': '\uFEFFé\n',
    'alias.ts': { linkTo: 'a.ts' },
  });
  const files = await openProjectFiles({ root });
  assert.deepEqual(await files.readText('a.ts'), {
    path: 'a.ts',
    text: 'one\ntwo\n',
    sizeBytes: 8,
    lines: 2,
  });
  assert.equal((await files.readText('b.ts')).lines, 2);
  assert.equal((await files.readText('empty.ts')).lines, 0);
  assert.deepEqual(await files.readText('bom.ts'), { path: 'bom.ts', text: 'é\n', sizeBytes: 6, lines: 1 });
  assert.equal((await files.readText('alias.ts')).path, 'a.ts');
});

test('bytes that are not UTF-8 are shown as well as they can be, and refused where the text is kept', async (t) => {
  const root = await temporaryTree(t, { 'latin.md': Buffer.from('one\ntwo\ncaf\u00e9\n', 'latin1') });
  const files = await openProjectFiles({ root });
  assert.equal((await files.readText('latin.md')).text, 'one\ntwo\ncaf\uFFFD\n');
  await assert.rejects(files.readText('latin.md', { isKept: true }), {
    code: 'files.other_encoding',
    details: { path: 'latin.md', line: 3 },
  });
});

test('what is not readable text is refused, each with its own code and figures', async (t) => {
  const root = await temporaryTree(t, {
    '.gitignore': '.env\n',
    '.env': 'KEY=1',
    'env-alias': { linkTo: '.env' },
    'image.png': Buffer.concat([Buffer.alloc(8_000, 65), Buffer.from([0])]),
    'big.txt': 'x'.repeat(2_001),
    'src/a.ts': '',
  });
  const files = await openProjectFiles({ root, maxFileBytes: 10_000 });
  await assert.rejects(files.readText('.env'), { code: 'files.ignored' });
  await assert.rejects(files.readText('env-alias'), { code: 'files.ignored' });
  await assert.rejects(files.readText('image.png'), { code: 'files.binary' });
  await assert.rejects(files.readText('src'), { code: 'files.not_a_file' });
  await assert.rejects(files.readText('none.ts'), { code: 'files.not_found' });
  await assert.rejects(files.readText('big.txt', { maxBytes: 2_000 }), {
    code: 'files.too_large',
    details: { path: 'big.txt', sizeBytes: 2_001, limitBytes: 2_000 },
  });
});

test(
  'a file without permission is said to be unreadable',
  { skip: process.platform === 'win32' },
  async (t) => {
    const root = await temporaryTree(t, { 'a.txt': 'a' });
    await chmod(path.join(root, 'a.txt'), 0);
    await chmod(root, 0o755);
    const files = await openProjectFiles({ root });
    // Nothing is denied to root: look as an account that owns nothing.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      await assert.rejects(files.readText('a.txt'), { code: 'files.unreadable' });
      assert.deepEqual((await files.list()).skipped, [{ path: 'a.txt', reason: 'unreadable' }]);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  },
);

test('a project must be a folder that exists', async (t) => {
  const root = await temporaryTree(t, { 'a.txt': 'a' });
  await assert.rejects(openProjectFiles({ root: path.join(root, 'none') }), { code: 'files.not_found' });
  await assert.rejects(openProjectFiles({ root: path.join(root, 'a.txt') }), { code: 'files.not_a_folder' });
});
