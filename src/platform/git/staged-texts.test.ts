import assert from 'node:assert/strict';
import { chmod, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { temporaryTree } from '../files/testing.ts';
import { gitDiff, stagedTexts, type StagedTextsOptions } from './index.ts';
import { makeRepository } from './testing.ts';

async function repositoryOf(t: TestContext) {
  const base = await temporaryTree(t);
  const repository = await makeRepository(base, 'project');
  await repository.write({ 'a.ts': 'one\n', 'gone.ts': 'x\n' });
  repository.commit();
  const read = async (options: Partial<StagedTextsOptions> = {}) => {
    const texts: Record<string, string> = {};
    const skipped: { file: string; reason: string }[] = [];
    const given = { root: repository.root, env: repository.env, maxFileBytes: 1_000, ...options };
    for await (const part of stagedTexts(given)) {
      Object.assign(texts, Object.fromEntries(part.texts));
      skipped.push(...part.skipped);
    }
    return { texts, skipped };
  };
  return { base, read, ...repository };
}

test('what is staged is read, not what lies in the work tree', async (t) => {
  const { read, write, git, root } = await repositoryOf(t);
  await write({ 'a.ts': 'staged\n', 'ä b.ts': 'new ä\r\n', 'large.ts': 'x'.repeat(2_000), '.env': 'KEY=1' });
  git('add', '-A');
  git('rm', '-q', '--cached', 'gone.ts');
  await write({ 'a.ts': 'work tree\n', 'untracked.ts': 'no\n' });
  await rm(path.join(root, 'ä b.ts'));
  const { texts, skipped } = await read({ isReadable: (file) => file !== '.env' });
  assert.deepEqual(texts, { 'a.ts': 'staged\n', 'ä b.ts': 'new ä\r\n' });
  assert.deepEqual(skipped, [
    { file: '.env', reason: 'ignored', kind: 'ignored' },
    { file: 'large.ts', reason: 'larger than 1000 bytes (2000)', kind: 'too-large' },
  ]);
  assert.deepEqual((await read({ paths: ['a.ts'] })).texts, { 'a.ts': 'staged\n' });
});

test('nothing staged is nothing read, also before the first commit', async (t) => {
  const { read, base } = await repositoryOf(t);
  assert.deepEqual(await read(), { texts: {}, skipped: [] });
  const fresh = await makeRepository(base, 'fresh');
  assert.deepEqual(await read({ root: fresh.root }), { texts: {}, skipped: [] });
  await fresh.write({ 'a.ts': 'first\n' });
  fresh.git('add', 'a.ts');
  assert.deepEqual((await read({ root: fresh.root })).texts, { 'a.ts': 'first\n' });
});

test(
  'content goes through no filter, and links are named',
  { skip: process.platform === 'win32' },
  async (t) => {
    const { read, write, git, root } = await repositoryOf(t);
    await write({ '.gitattributes': '*.ts filter=evil working-tree-encoding=UTF-16\n', 'a.ts': 'plain\n' });
    git('config', 'filter.evil.smudge', `touch ${path.join(root, 'ran')}`);
    git('-c', 'core.attributesFile=/dev/null', 'add', '.gitattributes');
    git(
      'update-index',
      '--add',
      '--cacheinfo',
      `100644,${git('hash-object', '-w', '--no-filters', 'a.ts').trim()},b.ts`,
    );
    await symlink('a.ts', path.join(root, 'link.ts'));
    git('add', 'link.ts');
    const { texts, skipped } = await read();
    assert.equal(texts['b.ts'], 'plain\n');
    assert.deepEqual(skipped, [{ file: 'link.ts', reason: 'a link', kind: 'link' }]);
    await assert.rejects(readFile(path.join(root, 'ran')));
  },
);

test(
  'in a hook it is the index that the commit will have',
  { skip: process.platform === 'win32' },
  async (t) => {
    const { base, write, git, root, env } = await repositoryOf(t);
    await write({ 'seen.mjs': hookScript(root) });
    const hook = path.join(root, '.git', 'hooks', 'pre-commit');
    await write({
      '.git/hooks/pre-commit': `#!/bin/sh\nexec "${process.execPath}" "${path.join(root, 'seen.mjs')}"\n`,
    });
    await chmod(hook, 0o755);
    await write({ 'a.ts': 'changed, never added\n' });
    git('commit', '-q', '-a', '-m', 'all');
    const seen = JSON.parse(await readFile(path.join(root, 'seen.json'), 'utf8')) as {
      text: string;
      diff: string;
    };
    assert.equal(seen.text, 'changed, never added\n');
    assert.match(seen.diff, /^\+changed, never added$/m);

    // An index that lies elsewhere is somebody else's.
    const other = await makeRepository(base, 'other');
    await other.write({ 'secret.ts': 'secret\n' });
    other.git('add', '-A');
    const foreign = { ...env, GIT_INDEX_FILE: path.join(other.root, '.git', 'index') };
    const { files } = await gitDiff({ root, env: foreign, staged: true, maxBytes: 1_000 });
    assert.deepEqual(files, []);
  },
);

/** What the hook of the test runs: both readers, on the repository it is in. */
function hookScript(root: string): string {
  const door = new URL('./index.ts', import.meta.url).href;
  return `import { writeFile } from 'node:fs/promises';
import { gitDiff, stagedTexts } from '${door}';
const root = ${JSON.stringify(root)};
let text = '';
for await (const part of stagedTexts({ root, maxFileBytes: 1000 })) text += part.texts.get('a.ts') ?? '';
const { diff } = await gitDiff({ root, staged: true, maxBytes: 10_000 });
await writeFile(root + '/seen.json', JSON.stringify({ text, diff }));
`;
}
