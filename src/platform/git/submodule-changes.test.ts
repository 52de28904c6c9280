import assert from 'node:assert/strict';
import path from 'node:path';
import { rm, symlink } from 'node:fs/promises';
import { test, type TestContext } from 'node:test';
import { temporaryTree } from '../files/testing.ts';
import { submoduleChanges } from './index.ts';
import { makeRepository } from './testing.ts';

async function projectWithSubmodule(t: TestContext) {
  const base = await temporaryTree(t);
  const other = await makeRepository(base, 'other');
  await other.write({ 'a.ts': 'one\n' });
  other.commit();
  const project = await makeRepository(base, 'project');
  project.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', other.root, 'lib/sm');
  await project.write({ 'own.ts': 'x\n' });
  project.commit();
  const look = (paths: readonly string[] = [], root = project.root) =>
    submoduleChanges({ root, env: project.env, paths, isReadable: (file) => !file.endsWith('.env') });
  return { ...project, base, look };
}

test('the changes that a submodule has of its own are named, new files too', async (t) => {
  const { look, write, root } = await projectWithSubmodule(t);
  assert.deepEqual(await look(), { changed: [], unseen: [] });
  await write({ 'lib/sm/a.ts': 'two\n', 'lib/sm/new.ts': 'x\n', 'lib/sm/b.env': 'x\n', 'own.ts': 'y\n' });
  const sm = { path: 'lib/sm', files: ['lib/sm/a.ts', 'lib/sm/new.ts'] };
  for (const paths of [[], ['lib'], ['lib/sm/a.ts']])
    assert.deepEqual(await look(paths), { changed: [sm], unseen: [] });
  assert.deepEqual((await look(['own.ts'])).changed, []);
  const below = (await look([], path.join(root, 'lib'))).changed;
  assert.deepEqual(below, [{ path: 'sm', files: ['sm/a.ts', 'sm/new.ts'] }]);
});

test('one that is not checked out has none, and one that leads elsewhere is not looked into', async (t) => {
  const { look, base, root } = await projectWithSubmodule(t);
  const folder = path.join(root, 'lib/sm');
  await rm(folder, { recursive: true });
  assert.deepEqual(await look(), { changed: [], unseen: [] });
  await symlink(path.join(base, 'other'), folder);
  assert.deepEqual(await look(), { changed: [], unseen: ['lib/sm'] });
});
