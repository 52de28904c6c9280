import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { growTree, temporaryTree } from '../files/testing.ts';
import { addedBy, addedLinesOf, applyPatches, fileChangesOf, leavesText } from './index.ts';
import { makeRepository } from './testing.ts';

const patchesOf = (diff: string, file = 'a.ts') => fileChangesOf(diff).get(file)!.patches!;
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

describe('applyPatches', () => {
  it('gives the new text and the numbers of the added lines in it, over several hunks', () => {
    const applied = applyPatches(six, patchesOf(twoHunks))!;
    assert.equal(applied.text, 'one\none and a half\ntwo\nthree\nfour\nsix\n');
    assert.deepEqual([...applied.added], [2]);
  });

  it('gives nothing where a line of the old side is another, or is not there', () => {
    for (const text of ['', six.replace('two', '2'), six.replace('five', '5'), 'one\ntwo\nthree\nfour\n'])
      assert.equal(applyPatches(text, patchesOf(twoHunks)), undefined);
    const backwards = patchesOf(twoHunks).map((hunks) => hunks.toReversed());
    assert.equal(applyPatches(six, backwards), undefined);
  });

  it('keeps the line ends of the text where the diff was written without them, and a last line without one', () => {
    const windows = six.replaceAll('\n', '\r\n');
    const applied = applyPatches(windows.trimEnd(), patchesOf(twoHunks))!;
    assert.equal(applied.text, 'one\r\none and a half\r\ntwo\r\nthree\r\nfour\r\nsix');
    const transported = twoHunks.replaceAll('\n', '\r\n');
    assert.deepEqual(
      applyPatches(six, patchesOf(transported))?.text,
      applyPatches(six, patchesOf(twoHunks))?.text,
    );
  });

  it('adds behind a last line without an end, as a diff written by hand asks for', () => {
    const diff = '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1,2 @@\n one\n+two\n';
    assert.equal(applyPatches('one', patchesOf(diff))?.text, 'one\ntwo\n');
  });

  it('knows a text by what the diff leaves, whatever the line ends', () => {
    const { text } = applyPatches(six, patchesOf(twoHunks))!;
    assert.equal(leavesText(patchesOf(twoHunks), text), true);
    assert.equal(leavesText(patchesOf(twoHunks), text.replaceAll('\n', '\r\n')), true);
    assert.equal(leavesText(patchesOf(twoHunks), six), false);
    const emptyLine = '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1,2 @@\n one\n+\n';
    assert.equal(leavesText(patchesOf(emptyLine), 'one\n'), false);
  });

  it('gives the text after each of a series in turn, with the lines that are left of those added', () => {
    const series =
      '--- a/a.ts\n+++ b/a.ts\n@@ -1,2 +1,3 @@\n one\n+one and a half\n two\n' +
      '--- a/a.ts\n+++ b/a.ts\n@@ -1,3 +1,4 @@\n+zero\n one\n-one and a half\n+1.5\n two\n';
    const patches = patchesOf(series);
    const applied = applyPatches(six, patches)!;
    assert.equal(applied.text, `zero\none\n1.5\n${six.slice('one\n'.length)}`);
    assert.deepEqual([...applied.added], [1, 3]);
    assert.equal(leavesText(patches, applied.text), true);
    assert.equal(applyPatches(six, patches.toReversed()), undefined);
    assert.equal(leavesText(patches.toReversed(), applied.text), false);
  });

  it('gives the new text for every series of diffs of git, with the lines that git added', async (t) => {
    const base = await temporaryTree(t);
    const { root, env } = await makeRepository(base, 'project');
    const line = fc.constantFrom('', 'a', 'b', 'c', '+', '-', '-- a/x', '++ b/x', '\\ x', '@@ -1 +1 @@', 'ä');
    const end = fc.constantFrom('\n', '\n', '\r\n');
    const text = fc
      .tuple(fc.array(fc.tuple(line, end), { maxLength: 14 }), fc.constantFrom('', 'z', 'z\r'))
      .map(([lines, last]) => lines.flat().join('') + last);
    // Edits of one text: what two unrelated texts share is seldom more than a line.
    const edits = fc.array(fc.tuple(fc.nat(20), fc.nat(3), fc.array(line, { maxLength: 3 })), {
      maxLength: 3,
    });
    const edited = fc.tuple(text, fc.array(edits, { minLength: 1, maxLength: 4 })).map(([before, each]) => {
      const texts = [before];
      for (const one of each) {
        const lines = texts.at(-1)!.match(/[^\n]*\n|[^\n]+$/g) ?? [];
        for (const [at, count, added] of one) lines.splice(at, count, ...added.map((own) => `${own}\n`));
        texts.push(lines.join(''));
      }
      return texts;
    });
    const context = fc.constantFrom('-U0', '-U1', '-U3');
    const diffOf = async (before: string, after: string, lines: string) => {
      await growTree(root, { 'old.txt': before, 'new.txt': after });
      return spawnSync('git', ['diff', '--no-index', '--text', lines, 'old.txt', 'new.txt'], {
        cwd: root,
        env,
        timeout: 20_000,
      }).stdout.toString();
    };
    await fc.assert(
      fc.asyncProperty(edited, context, async (texts, lines) => {
        let series = '';
        for (const [index, after] of texts.slice(1).entries())
          series += await diffOf(texts[index]!, after, lines);
        const [before, after] = [texts[0]!, texts.at(-1)!];
        const change = fileChangesOf(series).get('new.txt');
        if (change === undefined) return assert.equal(before, after);
        assert.equal(change.oldPath, 'old.txt');
        const applied = applyPatches(before, change.patches!);
        assert.equal(applied?.text, after);
        assert.deepEqual([...applied.added], [...addedLinesOf(series).get('new.txt')!.lines.keys()]);
        const there = after.split('\n').map((one) => one.replace(/\r$/, ''));
        for (const [number, content] of addedBy(change.patches!)) assert.equal(there[number - 1], content);
        assert.ok(leavesText(change.patches!, after));
      }),
      { numRuns: 60 },
    );
  });
});
