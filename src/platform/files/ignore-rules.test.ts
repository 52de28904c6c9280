import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { devNull } from 'node:os';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { openProjectFiles } from './index.ts';
import { growTree, temporaryTree } from './testing.ts';

async function listed(root: string, under?: readonly string[]): Promise<string[]> {
  const files = await openProjectFiles({ root });
  return (await files.list(under === undefined ? {} : { under })).files.map((file) => file.path);
}

test('.agent-os is closed but for standards and personas, .git and node_modules wholly, at every level', async (t) => {
  const root = await temporaryTree(t, {
    '.agent-os/config.yaml': '',
    '.agent-os/troupe.db': '',
    '.agent-os/.cache/index': '',
    '.agent-os/standards/development/naming.md': '',
    '.agent-os/personas/poet.md': '',
    'packages/a/.agent-os/config.yaml': '',
    'packages/a/node_modules/b/index.js': '',
    'packages/a/.GIT/config': '',
    'packages/a/index.js': '',
  });
  assert.deepEqual(await listed(root), [
    '.agent-os/personas/poet.md',
    '.agent-os/standards/development/naming.md',
    'packages/a/index.js',
  ]);
  const files = await openProjectFiles({ root });
  for (const closed of [
    '.agent-os/config.yaml',
    'packages/a/.GIT/config',
    'packages/a/node_modules/b/index.js',
  ]) {
    await assert.rejects(files.readText(closed), { code: 'files.ignored' });
  }
});

test('.agent-osignore excludes more than git, and cannot bring back what git ignores', async (t) => {
  const root = await temporaryTree(t, {
    '.gitignore': '.env\n',
    '.agent-osignore': 'customers/\n!.env\n*.csv\n!sample.csv\n',
    '.env': 'KEY=1',
    'customers/list.txt': '',
    'data.csv': '',
    'sample.csv': '',
    'sub/.agent-osignore': '/private.ts\n',
    'sub/private.ts': '',
    'sub/deeper/private.ts': '',
  });
  const expected = [
    '.agent-osignore',
    '.gitignore',
    'sample.csv',
    'sub/.agent-osignore',
    'sub/deeper/private.ts',
  ];
  assert.deepEqual(await listed(root), expected);
});

test('a project below the repository root obeys the rules above it, unless they ignore the project itself', async (t) => {
  const repository = await temporaryTree(t, {
    '.git/info/exclude': 'local.txt\n',
    '.gitignore': 'dist/\n/packages/a/only-here.ts\n/scratch/\n',
    'packages/a/.gitignore': '!kept.log\n',
    'packages/.gitignore': '*.log\n',
    'packages/a/dist/x.js': '',
    'packages/a/local.txt': '',
    'packages/a/only-here.ts': '',
    'packages/a/noise.log': '',
    'packages/a/kept.log': '',
    'packages/a/main.ts': '',
    'scratch/try/dist/y.js': '',
  });
  assert.deepEqual(await listed(path.join(repository, 'packages', 'a')), [
    '.gitignore',
    'kept.log',
    'main.ts',
  ]);
  assert.deepEqual(await listed(path.join(repository, 'scratch', 'try')), ['dist/y.js']);
});

test('an ignored place that is named is counted, not read', async (t) => {
  const root = await temporaryTree(t, { '.gitignore': 'dist\n', 'dist/a.js': '', 'src/a.ts': '' });
  const files = await openProjectFiles({ root });
  const listing = await files.list({ under: ['dist', 'src'] });
  assert.deepEqual([listing.files.length, listing.ignored], [1, 1]);
  assert.equal((await files.list({ under: ['dist/a.js'] })).ignored, 1);
  assert.equal(files.isIgnored('dist/a.js'), true);
  assert.equal(files.isIgnored('dist', 'directory'), true);
  assert.equal(files.isIgnored('src/not-there.ts'), false);
});

test('an escaped slash is a slash; an escaped backslash before a slash is a backslash', async (t) => {
  const tree = { 'a/a': '', 'a/b': '', 'b/a/a': '' };
  for (const [rule, kept] of [
    ['a\\/a', ['a/b', 'b/a/a']],
    ['*\\/b', ['a/a', 'b/a/a']],
    ['a\\\\/a', ['a/a', 'a/b', 'b/a/a']],
    ['\\/a', ['a/a', 'a/b', 'b/a/a']],
    ['a\\/', ['a/a', 'a/b', 'b/a/a']],
  ] as const) {
    const root = await temporaryTree(t, { ...tree, '.gitignore': rule });
    assert.deepEqual((await listed(root)).slice(1), kept, rule);
  }
});

test('the same files as git shows, for any tree and any rules', async (t) => {
  const root = await temporaryTree(t);
  const env = { ...process.env, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_SYSTEM: devNull };
  execFileSync('git', ['init', '-q', root], { env });
  const name = fc.constantFrom('a', 'b', 'ab', 'a.b', '.a', 'b c');
  const file = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const piece = fc.constantFrom('a', 'b', '*', '?', '**', '/', '/', '.', '[ab]', '[!a]', '[a-b]', '\\', ' ');
  const rule = fc
    .tuple(
      fc.constantFrom('', '', '!', '/', '#'),
      fc.array(piece, { minLength: 1, maxLength: 5 }),
      fc.constantFrom('', '', '/', ' '),
    )
    .map(([before, pieces, after]) => before + pieces.join('') + after)
    // Versions of git differ on `**` beside other characters; only as a whole part does it mean any folders.
    .filter((line) => !/[^/]\*\*|\*\*[^/]/.test(line.replace(/^!/, '').trimEnd()));
  const rules = fc.array(rule, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
  const places = fc.uniqueArray(
    fc.array(name, { maxLength: 2 }).map((parts) => [...parts, '.gitignore'].join('/')),
    {
      minLength: 1,
      maxLength: 2,
    },
  );
  const property = fc.asyncProperty(
    fc.uniqueArray(file, { minLength: 1, maxLength: 8 }),
    places.chain((at) => fc.tuple(...at.map((place) => fc.tuple(fc.constant(place), rules)))),
    async (names, ignoreFiles) => {
      for (const top of ['a', 'b', 'ab', 'a.b', '.a', 'b c', '.gitignore']) {
        await rm(path.join(root, top), { recursive: true, force: true });
      }
      // A file may stand where another needs a folder; the first one stays.
      for (const one of names) await growTree(root, { [one]: '' }).catch(() => undefined);
      for (const [place, text] of ignoreFiles) await growTree(root, { [place]: text }).catch(() => undefined);
      const shown = execFileSync('git', ['ls-files', '--others', '--exclude-standard', '-z'], {
        cwd: root,
        env,
      });
      assert.deepEqual(await listed(root), shown.toString().split('\0').filter(Boolean).sort());
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

test('a rule written to be slow is not', async (t) => {
  const deep = Array.from({ length: 40 }, () => 'a').join('/');
  const root = await temporaryTree(t, {
    '.gitignore': `/${'**/a/'.repeat(30)}b\n${'*a'.repeat(30)}*b\n`,
    [`${deep}/${'a'.repeat(200)}`]: '',
  });
  assert.equal((await listed(root)).length, 2);
});
