import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changedLinesOf } from './diff-lines.ts';

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
`;

describe('changedLinesOf', () => {
  it('names the added lines of each file in its new version', () => {
    const lines = changedLinesOf(diff)!;
    assert.deepEqual([...lines.keys()], ['src/a.ts']);
    assert.deepEqual([...lines.get('src/a.ts')!], [2, 3, 21]);
  });

  it('takes nothing else for a diff', () => {
    for (const text of ['', 'a design in words', '+ a list\n+ of points', '@@ a note @@', '+++ not a diff']) {
      assert.equal(changedLinesOf(text), undefined, text);
    }
  });

  it('reads what diff -u prints, with dates behind the names', () => {
    const text = '--- old.py\t2026-01-01\n+++ new.py\t2026-01-02\n@@ -0,0 +1 @@\n+print(1)\n';
    assert.deepEqual([...changedLinesOf(text)!.get('new.py')!], [1]);
  });
});
