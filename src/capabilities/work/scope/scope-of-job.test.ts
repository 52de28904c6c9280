import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openProjectFiles } from '../../../platform/files/index.ts';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { scopeOfJob } from './scope-of-job.ts';

const diff = (path: string) => `--- a/${path}\n+++ b/${path}\n@@ -1 +1,2 @@\n const a = 1;\n+const b = 2;\n`;

describe('scopeOfJob', () => {
  it('is the changed lines of the files that the diff in the context names', async (t) => {
    const files = await openProjectFiles({ root: await temporaryTree(t, { 'src/a.ts': 'const a = 1;\n' }) });
    const context = diff('src/a.ts') + diff('src/gone.ts');
    const { scope, changed } = await scopeOfJob({ task: 'review this diff', context }, files);
    assert.deepEqual(scope, {
      paths: ['src/a.ts'],
      stated: 'the changed lines of src/a.ts',
      missing: ['src/gone.ts'],
    });
    assert.deepEqual([...changed!.get('src/a.ts')!], [2]);
  });

  it('is the task without a diff, and with a diff of another project', async (t) => {
    const files = await openProjectFiles({ root: await temporaryTree(t, { 'src/a.ts': 'const a = 1;\n' }) });
    for (const context of [null, 'a design in words', diff('elsewhere.ts')]) {
      const { scope, changed } = await scopeOfJob({ task: 'review src', context }, files);
      assert.equal(scope.stated, 'src');
      assert.equal(changed, undefined);
    }
  });
});
