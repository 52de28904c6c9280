import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { openProjectFiles } from './index.ts';
import { growTree, temporaryTree } from './testing.ts';

const pathsOf = (listing: { files: { path: string }[] }) => listing.files.map((file) => file.path);

test('[X9] everything left out of a listing is named with its reason', async (t) => {
  const base = await temporaryTree(t, {
    'outside/x.ts': 'x',
    'project/.gitignore': 'dist/\n*.log\n',
    'project/a.ts': 'hello',
    'project/empty.ts': '',
    'project/image.png': Buffer.from([0x89, 0x50, 0, 1]),
    'project/huge.json': 'x'.repeat(101),
    'project/dist/a.js': 'built',
    'project/debug.log': 'log',
    'project/node_modules/left/index.js': 'x',
    'project/.git/HEAD': 'ref',
    'project/out': { linkTo: '../outside' },
    'project/inner-link.ts': { linkTo: 'a.ts' },
    'project/broken': { linkTo: 'nowhere' },
  });
  const files = await openProjectFiles({ root: path.join(base, 'project'), maxFileBytes: 100 });
  assert.deepEqual(await files.list(), {
    files: [
      { path: '.gitignore', sizeBytes: 12 },
      { path: 'a.ts', sizeBytes: 5 },
      { path: 'empty.ts', sizeBytes: 0 },
    ],
    skipped: [
      { path: 'broken', reason: 'unreadable' },
      { path: 'huge.json', reason: 'too-large', sizeBytes: 101, limitBytes: 100 },
      { path: 'image.png', reason: 'binary', sizeBytes: 4 },
      { path: 'out', reason: 'outside-project' },
    ],
    ignored: 4,
    truncated: false,
  });
});

test('a listing is in order of whole paths, once each, for any choice of overlapping places', async (t) => {
  const root = await temporaryTree(t, {
    'src/a.ts': '',
    'src/b/c.ts': '',
    'src-x/d.ts': '',
    'src.ts': '',
    'z.ts': '',
  });
  const files = await openProjectFiles({ root });
  const all = ['src-x/d.ts', 'src.ts', 'src/a.ts', 'src/b/c.ts', 'z.ts'];
  assert.deepEqual(pathsOf(await files.list()), all);
  assert.deepEqual(pathsOf(await files.list({ under: ['src/b/c.ts', 'src', 'src/b', 'src-x', 'src'] })), [
    'src-x/d.ts',
    'src/a.ts',
    'src/b/c.ts',
  ]);
  assert.deepEqual(pathsOf(await files.list({ under: ['z.ts', '.'] })), all);
});

test('a glob chooses by name at any depth, or by path when it has a slash', async (t) => {
  const root = await temporaryTree(t, { 'a.ts': '', 'src/b.ts': '', 'src/c.tsx': '', 'src/deep/d.py': '' });
  const files = await openProjectFiles({ root });
  const listed = async (glob: string) => pathsOf(await files.list({ glob }));
  assert.deepEqual(await listed('*.ts'), ['a.ts', 'src/b.ts']);
  assert.deepEqual(await listed('src/*.{ts,tsx}'), ['src/b.ts', 'src/c.tsx']);
  assert.deepEqual(await listed('src/**'), ['src/b.ts', 'src/c.tsx', 'src/deep/d.py']);
  assert.deepEqual(await listed('**/d.??'), ['src/deep/d.py']);
});

test('a listing stops at its limit, says so, and holds the beginning of the full one', async (t) => {
  const root = await temporaryTree(t, { 'a/1': '', 'a/2': '', 'b/3': '', 'c/4': '' });
  const files = await openProjectFiles({ root });
  const cut = await files.list({ maxFiles: 3 });
  assert.deepEqual(pathsOf(cut), ['a/1', 'a/2', 'b/3']);
  assert.equal(cut.truncated, true);
  assert.equal((await files.list({ maxFiles: 4 })).truncated, false);
});

test('10,000 files are listed while other work gets its turns, and an abort ends it', async (t) => {
  const tree = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`d${index % 100}/f${index}.ts`, 'const a = 1;\n']),
  );
  const root = await temporaryTree(t);
  await growTree(root, tree);
  const files = await openProjectFiles({ root });
  let turns = 0;
  let counting = true;
  const count = () => {
    turns += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  assert.equal((await files.list()).files.length, 10_000);
  counting = false;
  assert.ok(turns >= 5, `${turns} turns`);

  const abort = new AbortController();
  setImmediate(() => abort.abort(new Error('gone')));
  await assert.rejects(files.list({ signal: abort.signal }), /gone/);
});
