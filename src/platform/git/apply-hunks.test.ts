import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { growTree, temporaryTree } from '../files/testing.ts';
import { addedLinesOf, applyHunks, fileChangesOf, leavesText } from './index.ts';
import { makeRepository } from './testing.ts';

const hunksOf = (diff: string, file = 'a.ts') => fileChangesOf(diff).get(file)!.hunks;
const twoHunks = [
  'diff --git a/a.ts b/a.ts',
  '--- a/a.ts',
  '+++ b/a.ts',
  '@@ -1,2 +1,3 @@',
  ' one',
  '+one and a half',
  ' two',
  '@@ -5,2 +6 @@',
  '-five',
  ' six',
  '',
].join('\n');
const six = 'one\ntwo\nthree\nfour\nfive\nsix\n';

describe('applyHunks', () => {
  it('gives the new text and the numbers of the added lines in it, over several hunks', () => {
    const applied = applyHunks(six, hunksOf(twoHunks))!;
    assert.equal(applied.text, 'one\none and a half\ntwo\nthree\nfour\nsix\n');
    assert.deepEqual([...applied.added], [2]);
  });

  it('gives nothing where a line of the old side is another, or is not there', () => {
    for (const text of ['', six.replace('two', '2'), six.replace('five', '5'), 'one\ntwo\nthree\nfour\n'])
      assert.equal(applyHunks(text, hunksOf(twoHunks)), undefined);
    const backwards = hunksOf(twoHunks).toReversed();
    assert.equal(applyHunks(six, backwards), undefined);
  });

  it('keeps the line ends of the text where the diff was written without them, and a last line without one', () => {
    const windows = six.replaceAll('\n', '\r\n');
    const applied = applyHunks(windows.trimEnd(), hunksOf(twoHunks))!;
    assert.equal(applied.text, 'one\r\none and a half\r\ntwo\r\nthree\r\nfour\r\nsix');
    const transported = twoHunks.replaceAll('\n', '\r\n');
    assert.deepEqual(applyHunks(six, hunksOf(transported))?.text, applyHunks(six, hunksOf(twoHunks))?.text);
  });

  it('adds behind a last line without an end, as a diff written by hand asks for', () => {
    const diff = '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1,2 @@\n one\n+two\n';
    assert.equal(applyHunks('one', hunksOf(diff))?.text, 'one\ntwo\n');
  });

  it('knows a text by what the diff leaves, whatever the line ends', () => {
    const { text } = applyHunks(six, hunksOf(twoHunks))!;
    assert.equal(leavesText(hunksOf(twoHunks), text), true);
    assert.equal(leavesText(hunksOf(twoHunks), text.replaceAll('\n', '\r\n')), true);
    assert.equal(leavesText(hunksOf(twoHunks), six), false);
    const emptyLine = '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1,2 @@\n one\n+\n';
    assert.equal(leavesText(hunksOf(emptyLine), 'one\n'), false);
  });

  it('gives the new text for every diff of git, with the lines that git added', async (t) => {
    const base = await temporaryTree(t);
    const { root, env } = await makeRepository(base, 'project');
    const line = fc.constantFrom('', 'a', 'b', 'c', '+', '-', '-- a/x', '++ b/x', '\\ x', '@@ -1 +1 @@', 'ä');
    const end = fc.constantFrom('\n', '\n', '\r\n');
    const text = fc
      .tuple(fc.array(fc.tuple(line, end), { maxLength: 14 }), fc.constantFrom('', 'z', 'z\r'))
      .map(([lines, last]) => lines.flat().join('') + last);
    // Edits of one text: what two unrelated texts share is seldom more than a line.
    const edited = fc
      .tuple(
        text,
        fc.array(fc.tuple(fc.nat(20), fc.nat(3), fc.array(line, { maxLength: 3 })), { maxLength: 3 }),
      )
      .map(([before, edits]) => {
        const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
        for (const [at, count, added] of edits) lines.splice(at, count, ...added.map((one) => `${one}\n`));
        return [before, lines.join('')] as const;
      });
    const context = fc.constantFrom('-U0', '-U1', '-U3');
    await fc.assert(
      fc.asyncProperty(edited, context, async ([before, after], lines) => {
        await growTree(root, { 'old.txt': before, 'new.txt': after });
        const shown = spawnSync('git', ['diff', '--no-index', '--text', lines, 'old.txt', 'new.txt'], {
          cwd: root,
          env,
          timeout: 20_000,
        }).stdout.toString();
        const change = fileChangesOf(shown).get('new.txt');
        if (change === undefined) return assert.equal(before, after);
        assert.equal(change.oldPath, 'old.txt');
        const applied = applyHunks(before, change.hunks);
        assert.equal(applied?.text, after);
        assert.deepEqual([...applied.added], [...addedLinesOf(shown).get('new.txt')!.lines.keys()]);
        assert.ok(leavesText(change.hunks, after));
      }),
      { numRuns: 60 },
    );
  });
});
