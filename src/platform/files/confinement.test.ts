import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { isAppError } from '../../kernel/index.ts';
import { openProjectFiles } from './index.ts';
import { growTree, temporaryTree, type TreeEntry } from './testing.ts';

const refused = (code: string) => ({ name: 'AppError', code });

test('links out of the project are refused: of files, of folders, nested, and before missing files', async (t) => {
  const base = await temporaryTree(t, {
    'outside/secret.txt': 'secret',
    'outside/folder/deep.txt': 'secret',
    'project/src/a.ts': 'a',
    'project/file-link': { linkTo: '../outside/secret.txt' },
    'project/src/folder-link': { linkTo: '../../outside/folder' },
    'project/chain': { linkTo: 'src/folder-link' },
    'project/dangling-out': { linkTo: '../outside/missing' },
    'project/dangling-in': { linkTo: 'src/missing.ts' },
    'project/loop': { linkTo: 'loop' },
    'project-twin/x': 'outside, though the name begins alike',
  });
  const files = await openProjectFiles({ root: path.join(base, 'project') });
  const escapes = [
    'file-link',
    'src/folder-link/deep.txt',
    'src/folder-link/missing.txt',
    'chain/deep.txt',
    'chain/no/such/place',
    'dangling-out',
    '..',
    '../project-twin/x',
    'src/../../outside/secret.txt',
    '../outside/missing',
    path.join(base, 'outside', 'secret.txt'),
  ];
  for (const escape of escapes)
    await assert.rejects(files.resolve(escape), refused('files.outside_project'), escape);
  for (const missing of ['src/none.ts', 'none/none', 'src/a.ts/below', 'dangling-in']) {
    await assert.rejects(files.resolve(missing), refused('files.not_found'), missing);
  }
  await assert.rejects(files.resolve('loop'), refused('files.unreadable'));
  for (const bad of ['', 'a\0b', 'x'.repeat(5_000)])
    await assert.rejects(files.resolve(bad), refused('files.bad_path'));
});

test('paths inside resolve to their real place, however they are written', async (t) => {
  const root = await temporaryTree(t, {
    'src/a.ts': 'a',
    '..dots/b.ts': 'b',
    alias: { linkTo: 'src' },
    through: { linkTo: 'alias/a.ts' },
  });
  const files = await openProjectFiles({ root });
  const resolved = async (name: string) => {
    const { relative, kind } = await files.resolve(name);
    return `${relative} ${kind}`;
  };
  assert.equal(await resolved('./src/../src//a.ts'), 'src/a.ts file');
  assert.equal(await resolved('alias/a.ts'), 'src/a.ts file');
  assert.equal(await resolved('through'), 'src/a.ts file');
  assert.equal(await resolved('..dots/b.ts'), '..dots/b.ts file');
  assert.equal(await resolved(path.join(root, 'src')), 'src directory');
  assert.equal(await resolved('.'), '. directory');
});

test('a pipe is never opened', { skip: process.platform === 'win32' }, async (t) => {
  const root = await temporaryTree(t, { 'a.txt': 'a' });
  execFileSync('mkfifo', [path.join(root, 'pipe')]);
  const files = await openProjectFiles({ root });
  await assert.rejects(files.readText('pipe'), refused('files.not_a_file'));
  assert.deepEqual((await files.list()).skipped, [{ path: 'pipe', reason: 'unreadable' }]);
});

test('whatever links a tree holds, nothing outside is resolved, listed, read or found', async (t) => {
  const base = await temporaryTree(t, { 'outside/secret.txt': 'SECRET', 'outside/sub/secret.txt': 'SECRET' });
  const name = fc.constantFrom('a', 'b', 'c', 'secret.txt', 'sub');
  const target = fc
    .array(fc.constantFrom('..', '.', 'a', 'b', 'c', 'outside', 'sub', 'secret.txt', 'project'), {
      minLength: 1,
      maxLength: 5,
    })
    .chain((parts) => fc.constantFrom(parts.join('/'), `${base}/${parts.join('/')}`));
  const entry = fc.oneof(
    fc.record({ where: fc.array(name, { minLength: 1, maxLength: 3 }), linkTo: target }),
    fc.record({ where: fc.array(name, { minLength: 1, maxLength: 3 }) }),
  );
  const property = fc.asyncProperty(
    fc.array(entry, { maxLength: 8 }),
    fc.array(target, { minLength: 1, maxLength: 6 }),
    async (entries, requests) => {
      const project = path.join(base, 'project');
      await rm(project, { recursive: true, force: true });
      await growTree(project, { 'start.txt': 'harmless' });
      for (const one of entries) {
        const content: TreeEntry = 'linkTo' in one ? { linkTo: one.linkTo } : 'harmless';
        // A name may be taken already, or lead through a link out of the tree; only the tree's own shape matters.
        const place = await realpath(path.join(project, ...one.where.slice(0, -1))).catch(() => project);
        if (!place.startsWith(project)) continue;
        await growTree(project, { [one.where.join('/')]: content }).catch(() => undefined);
      }
      const files = await openProjectFiles({ root: project });
      for (const request of [...requests, ...entries.map((one) => one.where.join('/'))]) {
        try {
          const { absolute } = await files.resolve(request);
          const real = await realpath(absolute);
          assert.ok(real === project || real.startsWith(project + path.sep), `${request} -> ${real}`);
        } catch (error) {
          assert.ok(isAppError(error), String(error));
        }
      }
      for (const file of (await files.list()).files)
        assert.notEqual((await files.readText(file.path)).text, 'SECRET');
      assert.deepEqual((await files.grep({ pattern: 'SECRET' })).matches, []);
    },
  );
  await fc.assert(property, { numRuns: 150 });
});
