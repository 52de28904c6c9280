import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openProjectFiles } from '../../../platform/files/index.ts';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { taskFromFolder } from './task-from-folder.ts';

describe('a task that is given in a folder of the project', () => {
  it('names the places that are meant from there, else those of the root, and is the same otherwise', async (t) => {
    const root = await temporaryTree(t, {
      'src/auth.ts': 'a\n'.repeat(9),
      'src/tests/a.ts': '',
      'tests/b.ts': '',
      'lib/c.ts': '',
      'my place/d.ts': '',
    });
    const files = await openProjectFiles({ root });
    for (const [folder, task, expected] of [
      ['src', 'review auth.ts', 'review src/auth.ts'],
      ['src', 'review `auth.ts:3-5`, please.', 'review `src/auth.ts:3-5`, please.'],
      ['src', 'review .', 'review src'],
      ['src', 'review ..', 'review .'],
      ['src', 'review tests and lib/c.ts', 'review src/tests and lib/c.ts'],
      ['src', 'review @auth.ts (not ../lib/c.ts)', 'review src/auth.ts (not lib/c.ts)'],
      ['src', 'review *.ts/ and tests/*.ts', 'review *.ts/ and src/tests/*.ts'],
      ['src', 'review src/auth.ts', 'review src/auth.ts'],
      ['my place', 'review d.ts', 'review "my place/d.ts"'],
      ['src', 'is nope.ts safe, and this?', 'is nope.ts safe, and this?'],
      ['.', 'review .', 'review .'],
    ] as const)
      assert.equal(await taskFromFolder(task, files, folder), expected);
    await assert.rejects(taskFromFolder('review ../..', files, 'src'), { code: 'files.outside_project' });
  });
});
