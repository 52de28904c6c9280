import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { growTree, temporaryTree } from '../files/testing.ts';
import { applyPatches, fileChangesOf } from './index.ts';
import { makeRepository } from './testing.ts';

type Texts = ReadonlyMap<string, string>;

const line = fc.constantFrom('', 'a', 'b', 'c', '+', '-', '-- a/x', '++ b/x', '\\ x', '@@ -1 +1 @@');
const text = fc.array(line, { minLength: 8, maxLength: 14 }).map((lines) => lines.join('\n'));
const file = fc.constantFrom('a.txt', 'b.txt', 'c.txt');
/** What one commit does: to a file where it is, or to where it is moved or copied. */
const edit = fc.record({
  how: fc.constantFrom('here', 'here', 'here', 'move', 'copy', 'delete'),
  file,
  to: file,
  at: fc.nat(14),
  count: fc.nat(2),
  added: fc.array(line, { maxLength: 2 }),
});

/** The texts at first, and after each commit. */
const histories = fc
  .tuple(text, text, fc.array(edit, { minLength: 1, maxLength: 6 }))
  .map(([one, other, edits]) => {
    const history: Texts[] = [new Map(Object.entries({ '.keep': '', 'a.txt': one, 'b.txt': other }))];
    for (const { how, file, to, at, count, added } of edits) {
      const texts = new Map(history.at(-1));
      const before = texts.get(file) ?? '';
      if (how === 'move' || how === 'delete') texts.delete(file);
      const lines = before.split('\n').toSpliced(at, count, ...added);
      if (how !== 'delete') texts.set(how === 'here' ? file : to, lines.join('\n'));
      history.push(texts);
    }
    return history;
  });

describe('a series of patches', () => {
  it('of git leaves of each file what its last commit holds, changed, moved, copied or deleted in turn', async (t) => {
    const { root, git } = await makeRepository(await temporaryTree(t), 'project');
    const there = async () => (await readdir(root)).filter((name) => name.endsWith('.txt'));
    const write = async (texts: Texts) => {
      for (const name of await there()) await rm(path.join(root, name));
      await growTree(root, Object.fromEntries(texts));
    };
    await fc.assert(
      fc.asyncProperty(histories, fc.constantFrom('-U0', '-U1', '-U3'), async (history, context) => {
        const trees: string[] = [];
        for (const texts of history) {
          await write(texts);
          git('add', '-A');
          trees.push(git('write-tree').trim());
        }
        const patches = trees
          .slice(1)
          .map((tree, index) => git('diff', context, '-M', '--find-copies-harder', trees[index]!, tree));
        const before = history[0]!;
        const after = history.at(-1)!;
        for (const [name, { oldPath, patches: read }] of fileChangesOf(patches.join(''))) {
          const own = oldPath === undefined ? '' : before.get(oldPath)!;
          assert.equal(applyPatches(own, read!)?.text, after.get(name));
        }
      }),
      { numRuns: 20 },
    );
  });
});
