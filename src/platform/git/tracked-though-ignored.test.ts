import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryTree } from '../files/testing.ts';
import { trackedThoughIgnored } from './index.ts';
import { makeRepository } from './testing.ts';

test('files that git tracks although it would ignore them are named, below the places asked for', async (t) => {
  const { root, env, git, write, commit } = await makeRepository(await temporaryTree(t), 'project');
  await write({
    '.gitignore': 'gen/\n*.log\n',
    'gen/ä b.ts': 'x\n',
    'gen/own.ts': 'x\n',
    'src/a.log': 'x\n',
    'src/a.ts': 'x\n',
  });
  git('add', '-f', 'gen/ä b.ts', 'src/a.log');
  commit();
  const named = async (...paths: string[]) => (await trackedThoughIgnored({ root, env, paths })).files;
  assert.deepEqual(await named(), ['gen/ä b.ts', 'src/a.log']);
  assert.deepEqual(await named('src'), ['src/a.log']);
  assert.deepEqual(await named('src/a.ts'), []);
  await assert.rejects(named('../..'), { code: 'files.outside_project' });
});
