import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { temporaryTree } from '../files/testing.ts';
import { addedLinesOf, applyPatches, fileChangesOf, gitDiff } from './index.ts';
import { makeRepository } from './testing.ts';

const diff = `diff --git a/src/a.ts b/src/a.ts
index 1..2 100644
--- a/src/a.ts
+++ b/src/a.ts
@@ -1,3 +1,4 @@
 one
-two
+two, changed
+three, new
 four
@@ -20 +21,2 @@ function f() {
+++i;
 last
diff --git a/gone.ts b/gone.ts
--- a/gone.ts
+++ /dev/null
@@ -1 +0,0 @@
-gone
diff --git a/logo.png b/logo.png
Binary files a/logo.png and b/logo.png differ
`;

describe('addedLinesOf', () => {
  it('gives the added lines of each file with their numbers in its new version', () => {
    const files = addedLinesOf(diff);
    assert.deepEqual([...files.keys()], ['src/a.ts', 'logo.png']);
    assert.deepEqual(
      [...files.get('src/a.ts')!.lines],
      [
        [2, 'two, changed'],
        [3, 'three, new'],
        [21, '++i;'],
      ],
    );
    assert.deepEqual(files.get('logo.png'), { lines: new Map(), binary: true });
  });

  it('takes nothing else for a diff', () => {
    for (const text of ['', 'a design in words', '+ a list\n+ of points', '@@ a note @@', '+++ not a diff'])
      assert.equal(addedLinesOf(text).size, 0, text);
  });

  it('reads what diff -u prints, with dates behind the names, and Windows line ends', () => {
    const text = '--- old.py\t2026-01-01\r\n+++ new.py\t2026-01-02\r\n@@ -0,0 +1 @@\r\n+print(1)\r\n';
    assert.deepEqual([...addedLinesOf(text).get('new.py')!.lines], [[1, 'print(1)']]);
  });

  it('takes no content for a header', () => {
    const text = '--- a/x.sql\n+++ b/x.sql\n@@ -1,2 +1,2 @@\n--- a/y.sql\n+++ b/y.sql\n select 1;\n';
    assert.deepEqual(
      [...addedLinesOf(text)].map(([file, { lines }]) => [file, [...lines]]),
      [['x.sql', [[1, '++ b/y.sql']]]],
    );
  });

  it('goes on behind a hunk that has fewer lines than it says, so that no file is taken for its content', () => {
    const text = `--- a/a.ts\n+++ b/a.ts\n@@ -1,9 +1,9 @@\n+one\ndiff --git a/b.ts b/b.ts\n--- a/b.ts\n+++ b/b.ts\n@@ -0,0 +1 @@\n+two\n`;
    assert.deepEqual([...addedLinesOf(text).keys()], ['a.ts', 'b.ts']);
  });

  it('agrees with git on what was added, whatever the lines and the names', async (t) => {
    const base = await temporaryTree(t);
    const repository = await makeRepository(base, 'project');
    const line = fc.constantFrom(
      '',
      'a',
      'b',
      '+',
      '++ b/x',
      '-- a/x',
      '-',
      '@@ -1 +1 @@',
      'diff --git a/x b/x',
      '\\ x',
      'ä',
    );
    const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
    const name = fc.constantFrom('a.txt', 'ä b.txt', 'q"uote.txt', 'tab\there.txt', 'sub/x.txt');
    const legal = name.filter((file) => process.platform !== 'win32' || /^[^"\t]+$/.test(file));
    await fc.assert(
      fc.asyncProperty(legal, text, text, async (file, before, after) => {
        await repository.write({ [file]: before });
        repository.commit();
        await repository.write({ [file]: after });
        const { diff: shown } = await gitDiff({
          root: repository.root,
          env: repository.env,
          maxBytes: 100_000,
        });
        const added = addedLinesOf(shown).get(file)?.lines ?? new Map<number, string>();
        const lines = after.split('\n');
        for (const [number, content] of added) assert.equal(lines[number - 1], content);
        const kept = lines.filter((_, index) => !added.has(index + 1));
        assert.ok(kept.length - 1 <= before.split('\n').length);
        repository.git('add', '-A');
        repository.git('commit', '-q', '-m', 'x');
      }),
      { numRuns: 15 },
    );
  });
});

describe('fileChangesOf a series of patches', () => {
  it('follows files that are made, renamed, copied, deleted and made again, as git prints them', async (t) => {
    const { git, write, commit } = await makeRepository(await temporaryTree(t), 'project');
    const text = (...more: string[]) =>
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', ...more].map((line) => `${line}\n`).join('');
    await write({ '.keep': 'kept\n', 'moved.ts': text(), 'again.ts': '1\n2\n3\n', 'gone.ts': '4\n5\n6\n' });
    commit('Base');
    git('mv', 'moved.ts', 'sub.ts');
    git('rm', '-q', 'again.ts');
    await write({ 'made.ts': '', 'passing.ts': 'p\n', 'gone.ts': '4\n5\n6\n7\n' });
    commit('rename from one to another\n\n--- a note\nrename from x\nrename to y');
    await write({ 'sub.ts': text('first'), 'made.ts': 'made\n', 'again.ts': 'again\n' });
    git('rm', '-q', 'passing.ts', 'gone.ts');
    commit('Second');
    git('mv', 'sub.ts', 'last.ts');
    await write({ 'last.ts': `top\n${text('first')}`, 'copy.ts': `${text('first')}copied\n` });
    commit('Third');
    const copies = '--find-copies-harder';
    for (const series of [
      git('format-patch', '--stdout', copies, 'HEAD~3..HEAD'),
      git('log', '-p', '--reverse', copies, 'HEAD~3..HEAD'),
    ]) {
      const changes = fileChangesOf(series);
      const oldPaths = [...changes].map(([file, { oldPath, replaces }]) => [file, oldPath, replaces]);
      assert.deepEqual(oldPaths.sort(), [
        ['again.ts', undefined, true],
        ['copy.ts', 'moved.ts', false],
        ['last.ts', 'moved.ts', false],
        ['made.ts', undefined, false],
      ]);
      const left = (file: string, before: string) => applyPatches(before, changes.get(file)!.patches!)?.text;
      assert.equal(left('last.ts', text()), `top\n${text('first')}`);
      assert.equal(left('copy.ts', text()), `${text('first')}copied\n`);
      assert.equal(left('made.ts', ''), 'made\n');
      assert.deepEqual([...addedLinesOf(series).get('last.ts')!.lines.keys()], [1, 10]);
    }
  });

  it('says that lines are not told where a merge is shown, or a file is made that is there', () => {
    const merge =
      'diff --cc a.ts\nindex 1,2..3\n--- a/a.ts\n+++ b/a.ts\n@@@ -1,1 -1,1 +1,2 @@@\n  one\n++two\n';
    assert.equal(fileChangesOf(merge).get('a.ts')?.patches, undefined);
    const made = '--- /dev/null\n+++ b/a.ts\n@@ -0,0 +1 @@\n+one\n';
    assert.equal(fileChangesOf(made).get('a.ts')?.patches?.length, 1);
    assert.equal(fileChangesOf(made + made).get('a.ts')?.patches, undefined);
  });

  it('knows binary content as format-patch writes it, and text that follows it as not told', async (t) => {
    const { git, write, commit } = await makeRepository(await temporaryTree(t), 'project');
    await write({ 'a.ts': 'a\n', 'logo.png': 'a\0b' });
    commit();
    await write({ 'a.ts': 'a\0b', 'logo.png': 'b\0c' });
    commit();
    await write({ 'a.ts': 'text\n' });
    commit();
    await write({ 'a.ts': 'text\nmore\n' });
    commit();
    const changes = fileChangesOf(git('format-patch', '--stdout', 'HEAD~3..HEAD'));
    assert.equal(changes.get('logo.png')?.binary, true);
    assert.deepEqual(changes.get('a.ts'), {
      oldPath: 'a.ts',
      replaces: false,
      binary: false,
      patches: undefined,
      flaw: undefined,
      leavesId: changes.get('a.ts')?.leavesId,
    });
  });
});
