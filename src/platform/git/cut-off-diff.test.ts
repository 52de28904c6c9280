import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { temporaryTree } from '../files/testing.ts';
import { fileChangesOf, type FileChange } from './index.ts';
import { makeRepository } from './testing.ts';

const made = [
  'diff --git a/z.ts b/z.ts',
  'new file mode 100644',
  'index 0000000..bd03d0d',
  '--- /dev/null',
  '+++ b/z.ts',
  '@@ -0,0 +1,3 @@',
  '+a(1);',
  '+a(2);',
  '+sleep(3);',
];
const lines = (...texts: readonly string[]) => texts.map((text) => `${text}\n`).join('');
const flawOf = (diff: string, file = 'z.ts') => fileChangesOf(diff).get(file)?.flaw;
const kindOf = (diff: string, file = 'z.ts') => flawOf(diff, file)?.kind;

describe('a diff that is cut off', () => {
  it('says so of the file that it ends in, wherever that is', () => {
    assert.equal(flawOf(lines(...made)), undefined);
    for (const [count, kind, line] of [
      [8, 'ends-in-hunk', 6],
      [6, 'ends-in-hunk', 6],
      [5, 'ends-in-header', 1],
      [4, 'ends-in-header', 1],
      [3, 'ends-in-header', 1],
      [2, 'ends-in-header', 1],
      [1, 'ends-in-header', 1],
    ] as const)
      for (const end of ['', '\n', '\n\n', '\r\n'])
        assert.deepEqual(
          flawOf(made.slice(0, count).join('\n') + end),
          { kind, line, mayBeWhole: false },
          `${count} lines`,
        );
    const whole = lines('--- a/z.ts', '+++ b/z.ts', '@@ -1 +1 @@', '-a', '+b');
    for (const rest of ['--- a/y.ts', '--- a/y.ts\n+++ b/y.ts', '--- a/y.ts\n+++ b/y.ts\n@@ -1 +'])
      assert.deepEqual(
        [...fileChangesOf(whole + rest)].map(([file, { flaw }]) => [file, flaw !== undefined]),
        [
          ['z.ts', false],
          ['y.ts', true],
        ],
        rest,
      );
    assert.equal(kindOf(lines(...made) + lines('diff --cc y.ts', 'index 1,2..3'), 'y.ts'), 'ends-in-header');
  });

  it('is whole where git writes no hunk: moved, made empty, emptied of nothing, other mode', () => {
    const header = (...more: string[]) => lines('diff --git a/z.ts b/z.ts', ...more);
    for (const whole of [
      header('old mode 100644', 'new mode 100755'),
      header('new file mode 100644', 'index 0000000..e69de29'),
      header('deleted file mode 100644', 'index e69de29..0000000'),
      header('index 1..2 100644', 'Binary files a/z.ts and b/z.ts differ'),
      lines('diff --git a/y.ts b/z.ts', 'similarity index 100%', 'rename from y.ts', 'rename to z.ts'),
    ])
      for (const signature of [
        '',
        '-- \n2.39.5\n\n',
        lines('diff --git a/x b/x', 'old mode 1', 'new mode 2'),
      ])
        assert.equal(kindOf(whole + signature), undefined, whole);
    // What changed nothing but its time, some of git's commands show like this.
    assert.equal(fileChangesOf(header() + lines(...made)).size, 1);
    assert.equal(kindOf(header('old mode 100644')), 'ends-in-header');
    const moved = ['similarity index 90%', 'rename from y.ts', 'rename to z.ts', 'index 1..2 100644'];
    for (let count = 1; count <= moved.length; count += 1)
      assert.equal(kindOf(header(...moved.slice(0, count))), 'ends-in-header');
  });

  it('may have lost no more than empty lines, where as many are missing on both sides', () => {
    const hunk = ['--- a/z.ts', '+++ b/z.ts', '@@ -1,3 +1,4 @@', '+new', ' a'];
    for (const end of ['', '\n', '\n\n', '\n\r\n', '\n\n\n\n\n']) {
      const { flaw, patches } = fileChangesOf(hunk.join('\n') + end).get('z.ts')!;
      assert.deepEqual(flaw, { kind: 'ends-in-hunk', line: 3, mayBeWhole: true });
      assert.deepEqual(patches?.[0]?.[0]?.lines, ['+new\n', ' a\n', ' \n', ' \n']);
    }
    assert.equal(flawOf(lines(...hunk, ' ', ' ')), undefined);
    assert.equal(flawOf(lines(...hunk, '', ' ')), undefined);
    const long = hunk.with(2, '@@ -1,30000000 +1,30000001 @@');
    assert.deepEqual(flawOf(lines(...long)), { kind: 'ends-in-hunk', line: 3, mayBeWhole: false });
  });
});

describe('a hunk', () => {
  const header = ['--- a/z.ts', '+++ b/z.ts'];

  it('that does not hold what its header counts is a flaw of its file, and of no other', () => {
    for (const [kind, hunk] of [
      ['miscounted', ['@@ -0,0 +1,2 @@', '+a']],
      ['miscounted', ['@@ -0,0 +1 @@', '+a', '+b']],
      ['miscounted', ['@@ -0,0 +1 @@', '+a', '', '+b']],
      ['miscounted', ['@@ -1 +1 @@', '-a', ' b']],
      ['miscounted', ['@@ -1,2 +1,2 @@', '-a', '>b', ' c']],
      ['no-change', ['@@ -1 +1 @@', ' one ', '-two', '+deux', '~']],
      ['miscounted', ['@@ -1,2 +1,3 @@', '  one [-two-]{+deux+}', '  b', '{+c+}']],
      ['no-change', ['@@ -1,2 +1,2 @@', '  one [-two-]{+deux+}', '  b']],
      ['no-numbers', ['@@', '+a']],
      ['no-numbers', ['@@ -1 +1 @@', '-a', '+b', '@@ function @@', '+c']],
    ] as const) {
      const other = (file: string) => lines(`--- a/${file}`, `+++ b/${file}`, '@@ -1 +1 @@', '-a', '+b');
      const diff = other('y.ts') + lines(...header, ...hunk) + other('x.ts');
      assert.deepEqual([...fileChangesOf(diff).keys()], ['y.ts', 'z.ts', 'x.ts']);
      assert.equal(kindOf(diff, 'x.ts'), undefined);
      assert.equal(kindOf(diff, 'y.ts'), undefined);
      assert.equal(kindOf(diff), kind, hunk.join('\n'));
      assert.equal(kindOf(diff.replaceAll('\n', '\r\n')), kind, hunk.join('\n'));
    }
  });

  it('may be followed by whatever mail and other programs write', () => {
    const whole = lines(...header, '@@ -1,2 +1,2 @@', '-a', '+b', ' c');
    for (const next of [
      '-- \n2.39.5\n',
      '--\n\n+1 from me\n',
      '\\ No newline at end of file\n-- \n2.39.5\n',
      '-----BEGIN PGP SIGNATURE-----\n\n+a\n',
      '\ncommit 1234\n\n    + a list\n',
      'Only in b: c.ts\n',
      'Index: y.ts\n=====\n--- y.ts\n+++ y.ts\n@@ -1 +1 @@\n-a\n+b\n',
      '```\n+1 from me\n',
      '@@ -9 +9 @@\n-d\n+e\n',
      '--- a/y.ts\n+++ b/y.ts\n@@ -1 +1 @@\n-a\n+b\n',
      ' d\n e\n',
    ])
      for (const diff of [whole + next, (whole + next).replaceAll('\n', '\r\n')])
        assert.equal(kindOf(diff), undefined, next);
  });
});

const line = fc.constantFrom('', 'a', 'b', 'c', ' ', '+', '-', '-- a/x', '++ b/x', '@@ -1 +1 @@', '\\ x');
const content = fc
  .tuple(fc.array(line, { maxLength: 9 }), fc.constantFrom('\n', '\r\n', ''))
  .map(([texts, end]) => texts.join('\n') + end);
const tree = fc.dictionary(fc.constantFrom('a.txt', 'b.txt', 'c.txt', 'd e.txt'), content, { maxKeys: 4 });

/** Of each file git says what it does, in one hunk or more: what those say that have come whole. */
const told = ({ oldPath, binary, patches }: FileChange) => ({
  oldPath,
  binary,
  hunks: (patches ?? []).flat().map((hunk) => ({
    ...hunk,
    // "No newline at end of file" stands in a line of its own.
    lines: hunk.lines.map((text) => text.replace(/\n$/, '')),
  })),
});

describe('any first lines of what git diff prints', () => {
  it('are read as git means them, or the file they end in is named as cut off', async (t) => {
    const { root, git, write } = await makeRepository(await temporaryTree(t), 'project');
    const treeOf = async (texts: Record<string, string>) => {
      for (const name of await readdir(root)) if (name.endsWith('.txt')) await rm(path.join(root, name));
      await write({ '.keep': '', ...texts });
      git('add', '-A');
      return git('write-tree').trim();
    };
    await fc.assert(
      fc.asyncProperty(tree, tree, fc.constantFrom('-U0', '-U1', '-U3'), async (before, after, context) => {
        const trees = [await treeOf(before), await treeOf(after)];
        const diff = git('diff', '--text', '-M', context, ...trees);
        const whole = fileChangesOf(diff);
        assert.ok([...whole.values()].every(({ flaw }) => flaw === undefined));
        const rows = diff.split('\n').slice(0, -1);
        let current = '';
        for (const [at, row] of rows.entries()) {
          current = /^diff --git a\/.* b\/(.*)$/.exec(row)?.[1] ?? current;
          const read = fileChangesOf(lines(...rows.slice(0, at + 1)));
          for (const [file, change] of read) {
            if (change.flaw !== undefined) {
              assert.equal(file, current);
              assert.match(change.flaw.kind, /^ends-in-/);
              continue;
            }
            const [some, all] = [told(change), told(whole.get(file)!)];
            assert.deepEqual(some, { ...all, hunks: all.hunks.slice(0, some.hunks.length) });
            assert.ok(some.hunks.length > 0 || change.binary);
            if (file !== current) assert.equal(some.hunks.length, all.hunks.length);
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
