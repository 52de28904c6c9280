import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { findProjectRoot } from './index.ts';
import { temporaryTree } from './testing.ts';

const refused = (code: string) => ({ name: 'AppError', code });

test('the nearest folder upwards with .agent-os or .git is the root', async (t) => {
  const home = await temporaryTree(t, {
    'code/.git/HEAD': '',
    'code/inner/.agent-os/config.yaml': '',
    'code/inner/src/a.ts': '',
    'code/lib/b.ts': '',
    'worktree/.git': 'gitdir: elsewhere',
    'worktree/deep/c.ts': '',
  });
  const from = (cwd: string) => findProjectRoot({ cwd: path.join(home, cwd), home });
  assert.equal(await from('code/inner/src'), path.join(home, 'code', 'inner'));
  assert.equal(await from('code/lib'), path.join(home, 'code'));
  assert.equal(await from('worktree/deep'), path.join(home, 'worktree'));
});

test('without a marker the current folder is the root, and a marked home folder is not found', async (t) => {
  const home = await temporaryTree(t, { '.agent-os/personas/a.md': '', 'notes/a.txt': '' });
  assert.equal(await findProjectRoot({ cwd: path.join(home, 'notes'), home }), path.join(home, 'notes'));
});

test('the home folder and the root of the file system are refused, named or current', async (t) => {
  const home = await temporaryTree(t, { 'link-target/x': '' });
  const linked = path.join(home, 'to-home');
  await symlink(home, linked, 'junction');
  await assert.rejects(findProjectRoot({ cwd: home, home }), refused('files.no_project'));
  await assert.rejects(findProjectRoot({ cwd: '/', home, project: home }), refused('files.no_project'));
  await assert.rejects(findProjectRoot({ cwd: linked, home }), refused('files.no_project'));
  await assert.rejects(findProjectRoot({ cwd: home, home: linked }), refused('files.no_project'));
  await assert.rejects(findProjectRoot({ cwd: path.parse(home).root, home }), refused('files.no_project'));
});

test('a named project is taken as it is; a missing one or a file is an error', async (t) => {
  const home = await temporaryTree(t, { 'a/.git/HEAD': '', 'a/sub/file.txt': '' });
  const named = (project: string) => findProjectRoot({ cwd: path.join(home, 'a'), home, project });
  assert.equal(await named('sub'), path.join(home, 'a', 'sub'));
  await assert.rejects(named('missing'), refused('files.not_found'));
  await assert.rejects(named('sub/file.txt'), refused('files.not_a_folder'));
});
