import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { temporaryTree } from '../files/testing.ts';
import { fileChangesOf, lookUpPaths } from './index.ts';
import { makeRepository } from './testing.ts';

const isOn = (root: string) => (file: string) =>
  stat(path.join(root, file)).then(
    (facts) => facts.isFile(),
    () => false,
  );

const settings = [
  ['-c', 'diff.mnemonicPrefix=true', 'diff'],
  ['-c', 'diff.noprefix=true', 'diff'],
  ['diff', '--src-prefix=old/', '--dst-prefix=new/'],
  ['diff', '--src-prefix=before/it/', '--dst-prefix=after/'],
  ['diff', '--src-prefix=one-', '--dst-prefix=the other-'],
  ['diff', '--src-prefix=x/', '--dst-prefix=x/'],
  ['diff', '--src-prefix=b/', '--dst-prefix=a/'],
] as const;

/** What is compared, by the options that say so: index and work tree, commit and index, commit and work tree, commits. */
const sides = [[], ['--cached'], ['HEAD'], ['HEAD~1', 'HEAD']] as const;

const isWindows = process.platform === 'win32';
const folder = fc.constantFrom('', 'a/', 'b/', 'i/', 'w/', 'old/', 'x/', 'src/my lib/', 'größe/');
const plain = fc.constantFrom(
  'x.ts',
  'a',
  'a b.ts',
  'x and y.ts',
  'größe ä.ts',
  "it's.ts",
  'a b a b',
  '-.ts',
);
const odd = fc.constantFrom('q"uote.ts', 'tab\there.ts', 'back\\slash.ts', '"quoted"', 'a => b.ts');
const name = fc
  .tuple(folder, isWindows ? plain : fc.oneof({ weight: 3, arbitrary: plain }, odd))
  .map(([below, own]) => below + own);

const hunk = '@@ -1 +1 @@\n-a\n+b\n';
const changed = (old: string, young: string) => `--- ${old}\n+++ ${young}\n${hunk}`;
const made = (young: string) => `--- /dev/null\n+++ ${young}\n@@ -0,0 +1 @@\n+b\n`;
const byGit = (old: string, young: string) => `diff --git ${old} ${young}\n${changed(old, young)}`;

/** The paths before and after of what a diff changes where the project has some files. */
const read = (diff: string, ...there: string[]) =>
  [...fileChangesOf(diff, (file) => there.includes(file))].map(([file, { oldPath }]) => [oldPath, file]);

describe('a diff made with other prefixes than a/ and b/', () => {
  it('has the paths that the same diff has with them, by what is in the project', async (t) => {
    const { root, git, write, commit } = await makeRepository(await temporaryTree(t), 'project');
    const names = fc.uniqueArray(name, {
      minLength: 5,
      maxLength: 8,
      // A file and a folder cannot have one name.
      selector: (file) => (/^[a-z]$/.test(file) ? file : file.toLowerCase()),
    });
    const text = (file: string) => Array.from({ length: 9 }, (_, line) => `${file} ${line}\n`).join('');
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.constantFrom(...settings),
        fc.constantFrom(...sides),
        fc.boolean(),
        async (files, setting, side, isReversed) => {
          const usable = files.filter((file) => !files.some((other) => other.startsWith(`${file}/`)));
          const [kept, twin, gone, moved, made, logo] = [...usable, 'z1', 'z2', 'z3', 'z4', 'z5', 'z6'];
          git('rm', '-rqf', '--ignore-unmatch', '.');
          git('clean', '-fdxq');
          await write({
            [kept]: text('kept'),
            [twin]: text('twin'),
            [gone]: text('gone'),
            [moved]: text('moved'),
            [logo]: 'a\0b',
          });
          git('add', '-A');
          commit('before');
          git('rm', '-q', '--', gone);
          git('mv', '--', moved, 'moved away.ts');
          await write({
            [kept]: text('kept').replace('3', 'three'),
            [twin]: text('twin').replace('5', 'five'),
            'moved away.ts': text('moved').replace('7', 'seven'),
            [made]: text('made'),
            [logo]: 'a\0c',
          });
          const areCommits = side.length > 1;
          if (side[0] === '--cached' || areCommits) git('add', '-A');
          if (areCommits) commit('after');
          const options = ['-M', ...(isReversed ? ['-R'] : []), ...side];
          const changes = fileChangesOf(git('diff', '--src-prefix=a/', '--dst-prefix=b/', ...options));
          assert.ok(changes.has(kept) && changes.has(twin), git('status'));
          const given = git(...setting, ...options);
          const read = fileChangesOf(given, await lookUpPaths(given, isOn(root)));
          assert.deepEqual([...read], [...changes], given);
          git('add', '-A');
          commit('next');
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is read by the names alone where git says that both are of one file', () => {
    for (const [one, other] of ['ab', 'iw', 'ci', 'cw', 'ow', '12'] as const)
      for (const [old, young] of [
        [one!, other!],
        [other!, one!],
      ] as const)
        assert.deepEqual(
          read(byGit(`${old}/x.ts`, `${young}/x.ts`)),
          [['x.ts', 'x.ts']],
          `${old}/ ${young}/`,
        );
    assert.deepEqual(read(byGit('a/x.ts', 'a/x.ts'), 'x.ts', 'a/x.ts'), [['a/x.ts', 'a/x.ts']]);
    assert.deepEqual(read(byGit('i/x.ts', 'w/x.ts'), 'w/x.ts'), [['x.ts', 'x.ts']]);
  });

  it('means, where it can be read in two ways, the file that is there', () => {
    const ways = changed('a/x.ts', 'b/x.ts');
    assert.deepEqual(read(ways, 'b/x.ts'), [['a/x.ts', 'b/x.ts']]);
    assert.deepEqual(read(ways, 'x.ts', 'b/x.ts'), [['x.ts', 'x.ts']]);
    assert.deepEqual(read(changed('i/x.ts', 'w/x.ts'), 'x.ts'), [['x.ts', 'x.ts']]);
    assert.deepEqual(read(changed('theirs/src/x.ts', 'ours/src/x.ts'), 'src/x.ts'), [
      ['src/x.ts', 'src/x.ts'],
    ]);
    assert.deepEqual(read(changed('old-x.ts', 'new-x.ts'), 'x.ts'), [['x.ts', 'x.ts']]);
    assert.deepEqual(read(changed('a/i/x.ts', 'b/w/x.ts'), 'w/x.ts', 'x.ts'), [['i/x.ts', 'w/x.ts']]);
    assert.deepEqual(read(made('w/x.ts'), 'x.ts'), [[undefined, 'x.ts']]);
    assert.deepEqual(read(made('b/x.ts'), 'b/x.ts'), [[undefined, 'b/x.ts']]);
  });

  it('is read throughout by what some of its files tell', () => {
    const known = byGit('old/src/x.ts', 'new/src/x.ts');
    const unknown = byGit('old/src/gone.ts', 'new/src/gone.ts') + made('new/b/made.ts');
    assert.deepEqual(read(unknown + known, 'src/x.ts', 'x.ts'), [
      ['src/gone.ts', 'src/gone.ts'],
      [undefined, 'b/made.ts'],
      ['src/x.ts', 'src/x.ts'],
    ]);
    const bare = changed('src/x.ts', 'src/x.ts') + made('b/made.ts');
    assert.deepEqual(read(bare, 'src/x.ts').at(-1), [undefined, 'b/made.ts']);
  });

  it('is named as with a/ and b/ where nothing decides', () => {
    assert.deepEqual(read(changed('a/x.ts', 'b/x.ts')), [['x.ts', 'x.ts']]);
    assert.deepEqual(read(changed('old/x.ts', 'new/x.ts')), [['old/x.ts', 'new/x.ts']]);
    assert.deepEqual(read(changed('i/x.ts', 'w/x.ts')), [['i/x.ts', 'w/x.ts']]);
    assert.deepEqual(read(made('b/x.ts')), [[undefined, 'x.ts']]);
    assert.deepEqual(read(changed('one.ts', 'other.ts'), 'ts'), [['one.ts', 'other.ts']]);
  });
});
