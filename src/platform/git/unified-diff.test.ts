import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { temporaryTree } from '../files/testing.ts';
import { addedLinesOf, gitDiff } from './index.ts';
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
