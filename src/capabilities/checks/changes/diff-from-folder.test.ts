import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openProjectFiles } from '../../../platform/files/index.ts';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { fileChangesOf } from '../../../platform/git/index.ts';
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
});
