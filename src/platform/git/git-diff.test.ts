import assert from 'node:assert/strict';
import { chmod, chown, readFile, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { growTree, temporaryTree } from '../files/testing.ts';
import { findGit, gitDiff, type GitDiffOptions } from './index.ts';
import { makeRepository } from './testing.ts';

async function repositoryOf(t: TestContext) {
  const base = await temporaryTree(t);
  const repository = await makeRepository(base, 'project');
  await repository.write({
    'src/a.ts': 'one\n',
    'src/b.ts': 'b\n',
    'docs/ä b.md': 'x\n',
    '.gitignore': '.env\n',
  });
  repository.commit();
  const diff = (options: Partial<GitDiffOptions> = {}) =>
    gitDiff({ root: repository.root, env: repository.env, maxBytes: 100_000, ...options });
  return { base, diff, ...repository };
}

test('uncommitted changes are shown against the last commit, staged or not, with what git does not know yet', async (t) => {
  const { diff, git, write, root } = await repositoryOf(t);
  await write({ 'src/a.ts': 'two\n', 'docs/ä b.md': 'y\n', 'src/new.ts': 'new\n', '.env': 'KEY=1' });
  git('add', 'docs');
  git('mv', 'src/b.ts', 'src/c.ts');
  const all = await diff();
  assert.match(all.diff, /^\+two$/m);
  assert.match(all.diff, /^\+\+\+ b\/docs\/ä b\.md/m);
  assert.deepEqual(all.files, [
    { status: 'modified', path: 'docs/ä b.md' },
    { status: 'modified', path: 'src/a.ts' },
    { status: 'renamed', path: 'src/c.ts', oldPath: 'src/b.ts' },
  ]);
  assert.deepEqual([all.untracked, all.withheld, all.truncated], [['src/new.ts'], [], false]);
  assert.equal(all.comparedWith, git('rev-parse', 'HEAD').trim());

  const staged = await diff({ staged: true });
  assert.deepEqual(
    staged.files.map((file) => file.path),
    ['docs/ä b.md', 'src/c.ts'],
  );
  assert.deepEqual((await diff({ paths: ['src/a.ts', 'src/new.ts'] })).files.length, 1);
  assert.equal((await diff({ paths: ['src/*.ts'] })).diff, '', 'paths are names, not patterns');

  const below = await diff({ root: path.join(root, 'src') });
  assert.match(below.diff, /^diff --git a\/a\.ts b\/a\.ts$/m);
  assert.deepEqual([below.files.length, below.untracked], [2, ['new.ts']]);
  await assert.rejects(diff({ root: path.join(root, 'src'), paths: ['../docs'] }), {
    code: 'files.outside_project',
  });
  await assert.rejects(diff({ paths: [path.join(root, 'src')] }), { code: 'files.outside_project' });
});

test('against a base, it shows what changed since the branches parted', async (t) => {
  const { diff, git, write, commit } = await repositoryOf(t);
  git('checkout', '-q', '-b', 'topic');
  await write({ 'src/a.ts': 'topic\n' });
  commit();
  git('checkout', '-q', 'main');
  await write({ 'src/b.ts': 'main went on\n' });
  commit();
  git('checkout', '-q', 'topic');
  await write({ 'src/c.ts': 'staged\n' });
  git('add', '-A');
  assert.deepEqual((await diff({ base: 'main' })).files, [
    { status: 'modified', path: 'src/a.ts' },
    { status: 'added', path: 'src/c.ts' },
  ]);
  for (const revision of ['none', '--output=/tmp/x', '-h', 'a\0b', '']) {
    await assert.rejects(diff({ base: revision }), { code: 'git.unknown_revision' }, revision);
  }
});

test('before the first commit everything staged or known is new', async (t) => {
  const base = await temporaryTree(t);
  const { root, env, git, write } = await makeRepository(base, 'project');
  await write({ 'a.ts': 'one\n' });
  git('add', 'a.ts');
  await write({ 'a.ts': 'two\n' });
  const { files, diff } = await gitDiff({ root, env, maxBytes: 1_000 });
  assert.deepEqual(files, [{ status: 'added', path: 'a.ts' }]);
  assert.match(diff, /^\+two$/m);
});

test('[X9] what may not be shown is withheld and named, a cut is marked and falls on a line', async (t) => {
  const { diff, git, write, commit } = await repositoryOf(t);
  await write({ '.env': 'KEY=1\n' });
  git('add', '-f', '.env');
  commit();
  await write({ '.env': 'KEY=hunter2\n', 'src/a.ts': 'é\n'.repeat(500) });
  const shown = await diff({ isReadable: (name) => name !== '.env' });
  assert.deepEqual([shown.withheld, shown.files.map((file) => file.path)], [['.env'], ['src/a.ts']]);
  assert.doesNotMatch(shown.diff, /hunter2/);
  const cut = await diff({ maxBytes: 700, paths: ['src'] });
  assert.equal(cut.truncated, true);
  assert.ok(Buffer.byteLength(cut.diff) <= 700 && cut.diff.endsWith('+é\n'), cut.diff.slice(-20));
  assert.equal(cut.files.length, 1);
});

/** A git that tells of far more names than fit, in one command, and is the real one otherwise. */
async function gitWithManyNames(t: TestContext, command: string, name: string) {
  const { base, root, env, write } = await repositoryOf(t);
  const real = findGit(env, root)!;
  await write({ 'src/a.ts': 'two\n' });
  await growTree(base, {
    'bin/git': `#!/bin/sh
case " $* " in
*" ${command} "*) exec seq -f '${name}' 400000 | tr '~\\n' '\\0\\0' ;;
*) exec '${real.file}' "$@" ;;
esac
`,
  });
  await chmod(path.join(base, 'bin', 'git'), 0o755);
  return { root, maxBytes: 1_000, env: { ...env, PATH: `${path.join(base, 'bin')}:${real.searchPath}` } };
}

const withShell = { skip: process.platform === 'win32' };

test(
  '[X9] more new files than fit are named as far as they do, none in part, and the cut is said',
  withShell,
  async (t) => {
    const options = await gitWithManyNames(t, 'ls-files', 'src/new-%06.0f.ts');
    const { untracked, untrackedCutAtBytes, files } = await gitDiff(options);
    assert.equal(untrackedCutAtBytes, 4_000_000);
    assert.equal(untracked.length, Math.floor(4_000_000 / 'src/new-000001.ts\0'.length));
    assert.equal(untracked.at(-1), `src/new-${untracked.length}.ts`);
    assert.equal(files.length, 1);
  },
);

test('more changed files than fit are refused with the limit and the way out', withShell, async (t) => {
  await assert.rejects(gitDiff(await gitWithManyNames(t, '--name-status', 'M~src/a-%06.0f.ts')), {
    code: 'git.too_many_names',
    category: 'limited',
    message: 'There are more than 4 MB of names of changed files.',
    remedy: /^Name paths/,
  });
});

test('a file written again with what it held is no change, and a diff writes nothing into the repository', async (t) => {
  const { diff, root, write, commit } = await repositoryOf(t);
  const binaries = ['logo.png', 'docs/ä "b".png'].filter(
    (name) => process.platform !== 'win32' || !/"/.test(name),
  );
  await write(Object.fromEntries(binaries.map((name) => [name, 'a\0b'])));
  commit();
  await write({ 'src/b.ts': 'two\n' });
  const later = new Date(Date.now() + 60_000);
  for (const name of ['src/a.ts', 'docs/ä b.md', ...binaries])
    await utimes(path.join(root, name), later, later);
  const index = () => readFile(path.join(root, '.git', 'index'), 'latin1');
  const before = await index();
  const { files, diff: patch } = await diff();
  assert.deepEqual(files, [{ status: 'modified', path: 'src/b.ts' }]);
  assert.deepEqual(patch.match(/^diff .*/gm), ['diff --git a/src/b.ts b/src/b.ts']);
  assert.equal(await index(), before);
  await write(Object.fromEntries(binaries.map((name) => [name, 'a\0c'])));
  const changed = (await diff({ paths: binaries })).files.map(({ path: file }) => file);
  assert.deepEqual(changed, binaries.toSorted());
});

test('a change of the mode alone is a change', { skip: process.platform === 'win32' }, async (t) => {
  const { diff, root } = await repositoryOf(t);
  await chmod(path.join(root, 'docs', 'ä b.md'), 0o755);
  const { files, diff: patch } = await diff();
  assert.deepEqual(files, [{ status: 'modified', path: 'docs/ä b.md' }]);
  assert.match(patch, /^new mode 100755$/m);
});

test('a folder without repository, a bare one, and a machine without git are told apart', async (t) => {
  const base = await temporaryTree(t, { 'plain/a.ts': '' });
  const { env, git, root } = await makeRepository(base, 'project');
  git('init', '-q', '--bare', path.join(base, 'bare'));
  const limits = { maxBytes: 1_000, env: { ...env, GIT_CEILING_DIRECTORIES: base } };
  await assert.rejects(gitDiff({ root: path.join(base, 'plain'), ...limits }), {
    code: 'git.not_a_repository',
  });
  await assert.rejects(gitDiff({ root: path.join(base, 'bare'), ...limits }), {
    code: 'git.not_a_repository',
  });
  await assert.rejects(gitDiff({ root, maxBytes: 1_000, env: { ...env, PATH: base } }), {
    code: 'git.not_installed',
  });
});

test("a .git that leads to another repository is refused, a linked worktree and a submodule's are not", async (t) => {
  const { base, root, env, git, write } = await repositoryOf(t);
  const other = await makeRepository(base, 'private');
  await other.write({ 'secret.txt': 'SECRET\n' });
  other.commit();
  const limits = { env, maxBytes: 10_000 };
  await growTree(base, {
    'by-file/.git': `gitdir: ${path.join(other.root, '.git')}\n`,
    'by-link/.git': { linkTo: path.join(other.root, '.git') },
  });
  for (const name of ['by-file', 'by-link']) {
    await assert.rejects(
      gitDiff({ root: path.join(base, name), ...limits }),
      { code: 'git.foreign_repository' },
      name,
    );
  }

  git('worktree', 'add', '-q', path.join(base, 'linked'), '-b', 'linked');
  await growTree(base, { 'linked/src/a.ts': 'linked\n' });
  assert.equal((await gitDiff({ root: path.join(base, 'linked'), ...limits })).files.length, 1);

  git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.root, 'sub');
  await write({ 'sub/secret.txt': 'changed\n' });
  assert.equal((await gitDiff({ root: path.join(root, 'sub'), ...limits })).files.length, 1);
});

test('core.worktree cannot move the view out of the project', async (t) => {
  const { base, root, git, diff } = await repositoryOf(t);
  await growTree(base, { 'src/a.ts': 'SECRET outside\n' });
  for (const place of [base, path.join(base, 'home')]) {
    git('config', 'core.worktree', place);
    const shown = await diff().catch((error: unknown) => error as { code: string });
    if ('diff' in shown) assert.doesNotMatch(shown.diff, /SECRET/);
    else assert.match(shown.code, /^git\./);
  }
  await rm(path.join(root, '.git'), { recursive: true });
});

test(
  'a git that never ends is stopped at the limit, and at once when the caller has gone',
  { skip: process.platform === 'win32' },
  async (t) => {
    const base = await temporaryTree(t, {
      'project/.keep': '',
      'bin/git': '#!/bin/sh\nexec tail -f /dev/null\n',
    });
    await chmod(path.join(base, 'bin', 'git'), 0o755);
    const slow = {
      root: path.join(base, 'project'),
      env: { PATH: `${path.join(base, 'bin')}:/usr/bin:/bin` },
      maxBytes: 1_000,
    };
    await assert.rejects(gitDiff({ ...slow, timeoutMs: 50 }), {
      code: 'git.timed_out',
      details: { command: 'version', limitMs: 50 },
    });
    await assert.rejects(gitDiff({ ...slow, signal: AbortSignal.timeout(20) }), { name: 'TimeoutError' });
  },
);

test(
  "another user's repository is refused as git does, with the way out",
  { skip: process.getuid?.() !== 0 },
  async (t) => {
    const { diff, root } = await repositoryOf(t);
    for (const place of [root, path.join(root, '.git')]) await chown(place, 12_345, 12_345);
    await assert.rejects(diff(), { code: 'git.dubious_owner' });
  },
);
