import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openProjectFiles } from '../../../platform/files/index.ts';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { fileChangesOf } from '../../../platform/git/index.ts';
import { makeRepository } from '../../../platform/git/testing.ts';
import { diffFromFolder } from './diff-from-folder.ts';

const changed = (file: string, before: string) =>
  `--- a/${file}\n+++ b/${file}\n@@ -1 +1,2 @@\n ${before}\n+added();\n`;
const made = (file: string) => `--- /dev/null\n+++ b/${file}\n@@ -0,0 +1 @@\n+added();\n`;

describe('a diff that is given in a folder of the project', () => {
  it('is read from there, unless it fits the files from the root better', async (t) => {
    const root = await temporaryTree(t, {
      'a.ts': 'root();\n',
      'src/a.ts': 'below();\n',
      'src/b.ts': 'b();\n',
    });
    const files = await openProjectFiles({ root });
    for (const [diff, expected] of [
      [changed('b.ts', 'b();'), 'src/b.ts'],
      [changed('src/b.ts', 'b();'), 'src/b.ts'],
      [changed('a.ts', 'below();'), 'src/a.ts'],
      [changed('a.ts', 'root();'), 'a.ts'],
      [made('new.ts'), 'src/new.ts'],
      [made('src/new.ts'), 'src/new.ts'],
      [changed('gone.ts', 'g();'), 'gone.ts'],
    ] as const)
      assert.deepEqual([...fileChangesOf(await diffFromFolder(diff, files, 'src')).keys()], [expected]);
    assert.equal(await diffFromFolder(made('new.ts'), files, '.'), made('new.ts'));
  });

  it('has whatever prefixes git was told to write', async (t) => {
    const base = await temporaryTree(t);
    const { root, git, write, commit } = await makeRepository(base, 'project');
    await write({
      'src/a b.ts': 'a();\n',
      'src/i/x.ts': 'x();\n',
      'x.ts': 'root();\n',
      'src/gone.ts': 'g();\n',
    });
    commit();
    await write({
      'src/a b.ts': 'a();\nadded();\n',
      'src/i/x.ts': 'x();\nadded();\n',
      'src/new.ts': 'n();\n',
    });
    git('add', '-A');
    git('rm', '-qf', 'src/gone.ts');
    const files = await openProjectFiles({ root });
    for (const relative of [['--relative'], []])
      for (const options of [
        ['-c', 'diff.mnemonicPrefix=true', 'diff', 'HEAD'],
        ['-c', 'diff.noprefix=true', 'diff', 'HEAD'],
        ['diff', 'HEAD', '--src-prefix=old/', '--dst-prefix=the new/'],
        ['diff', 'HEAD', '-R', '--src-prefix=x-', '--dst-prefix=y-'],
      ]) {
        const diff = git('-C', 'src', ...options, ...relative);
        const whole = git('-C', 'src', 'diff', 'HEAD', ...(options.includes('-R') ? ['-R'] : []));
        assert.deepEqual(
          [...fileChangesOf(await diffFromFolder(diff, files, 'src'))],
          [...fileChangesOf(whole)],
          [...options, ...relative].join(' '),
        );
      }
  });
});
