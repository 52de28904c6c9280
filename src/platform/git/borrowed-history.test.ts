import assert from 'node:assert/strict';
import { chmod, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryTree, type TreeEntry } from '../files/testing.ts';
import { borrowedHistory } from './borrowed-history.ts';
import { gitDiff } from './index.ts';
import { makeRepository } from './testing.ts';

test('history that a .git takes from another repository, by links or by naming it, is refused', async (t) => {
  const base = await temporaryTree(t);
  const other = await makeRepository(base, 'private');
  await other.write({ 'secret.txt': 'SECRET\n' });
  other.commit();
  const theirs = (...names: string[]) => path.join(other.root, '.git', ...names);
  const head = other.git('rev-parse', 'HEAD');
  const [pack = ''] = (other.git('repack', '-a', '-q'), await readdir(theirs('objects', 'pack')));
  const linked = Object.fromEntries(
    ['objects', 'refs', 'index', 'packed-refs', 'logs'].map((name) => [
      `${name} is a link`,
      { [`.git/${name}`]: { linkTo: theirs(name) } },
    ]),
  );
  const plants: Record<string, Record<string, TreeEntry>> = {
    ...linked,
    'objects and refs are links': {
      '.git/objects': { linkTo: theirs('objects') },
      '.git/refs': { linkTo: theirs('refs') },
    },
    'packs are a link': { '.git/objects/pack': { linkTo: theirs('objects', 'pack') } },
    'a pack is a link': { [`.git/objects/pack/${pack}`]: { linkTo: theirs('objects', 'pack', pack) } },
    'a link to a link': {
      '.git/objects': { linkTo: 'mine' },
      '.git/mine/pack': { linkTo: theirs('objects', 'pack') },
    },
    'alternates by path': { '.git/objects/info/alternates': `# shared\n${theirs('objects')}\n` },
    'alternates by a way': { '.git/objects/info/alternates': '../../../private/.git/objects\n' },
    'a branch is a link': { '.git/refs/heads/main': { linkTo: theirs('refs', 'heads', 'main') } },
    'commondir with a back link of its own': {
      '.git/commondir': `${theirs()}\n`,
      '.git/gitdir': '.git\n',
    },
  };
  for (const [name, tree] of Object.entries(plants)) {
    const made = await makeRepository(base, `plant-${Object.keys(plants).indexOf(name)}`);
    await made.write({ '.git/refs/heads/main': head, 'secret.txt': 'changed\n' });
    for (const place of Object.keys(tree))
      await rm(path.join(made.root, place), { recursive: true, force: true });
    await made.write(tree);
    await assert.rejects(
      gitDiff({ root: made.root, env: made.env, maxBytes: 10_000 }).then(({ diff }) => assert.fail(diff)),
      { code: 'git.foreign_repository' },
      name,
    );
  }
  assert.equal(other.git('rev-parse', 'HEAD'), head, 'nothing was written through a link');
});

test('links of a repository that stay in it are its own', async (t) => {
  const base = await temporaryTree(t);
  const repository = await makeRepository(base, 'project');
  await repository.write({ 'a.txt': 'one\n' });
  repository.commit();
  await rm(path.join(repository.root, '.git', 'HEAD'));
  await repository.write({ '.git/HEAD': { linkTo: 'refs/heads/main' }, 'a.txt': 'two\n' });
  const { diff } = await gitDiff({ root: repository.root, env: repository.env, maxBytes: 1_000 });
  assert.match(diff, /^\+two$/m);
});

test(
  'a folder of a repository that cannot be listed hides no link: nothing is said of the rest then',
  { skip: process.platform === 'win32' },
  async (t) => {
    const base = await temporaryTree(t, {
      '.git/objects/00/.keep': '',
      '.git/objects/pack': { linkTo: '../../elsewhere' },
    });
    const gitDir = path.join(base, '.git');
    const closed = path.join(gitDir, 'objects', '00');
    for (const open of [base, gitDir, path.dirname(closed)]) await chmod(open, 0o755);
    await chmod(closed, 0o311);
    // Nothing is denied to root: look as an account that owns nothing.
    const isRoot = process.geteuid!() === 0;
    if (isRoot) process.seteuid!(65_534);
    try {
      await assert.rejects(borrowedHistory(gitDir, gitDir), {
        code: 'git.failed',
        message: `git rev-parse failed: ${closed} cannot be looked into (EACCES).`,
      });
    } finally {
      if (isRoot) process.seteuid!(0);
      await chmod(closed, 0o755);
    }
  },
);
