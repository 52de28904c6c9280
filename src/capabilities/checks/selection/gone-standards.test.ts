import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { checkedProject, loggingRule, standardText } from '../check-fixture.ts';

describe('[X8] a check without the files of approved standards', () => {
  it('names each as not checked, by whom it was approved and what to do', async (t) => {
    const { check, root } = await checkedProject(t, {
      files: { 'src/a.ts': 'console.log(1);\n' },
      standards: { 'development/logging': standardText('Logging', loggingRule) },
    });
    assert.deepEqual((await check()).not_checked, []);
    await rm(path.join(root, '.agent-os', 'standards'), { recursive: true });
    const { not_checked: left, message } = await check();
    assert.deepEqual(
      left.map(({ standard }) => standard),
      ['development/logging'],
    );
    assert.match(
      left[0]!.reason,
      /^approved on 2026-11-01 by josh, its file is gone: restore it \(git\), or/,
    );
    assert.match(message, /1 not checked/);
  });
});
