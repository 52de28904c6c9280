import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
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
      left.flatMap(({ standards }) => standards),
      ['development/logging'],
    );
    assert.match(
      left[0]!.reason,
      /^approved on 2026-11-01 by josh, its file is gone: restore it \(git\), or/,
    );
    assert.match(message, /1 not checked/);
  });

  it('says that one asked for by name is gone, and not that nobody knows it', async (t) => {
    const { check, root } = await checkedProject(t, {
      files: { 'src/a.ts': 'console.log(1);\n' },
      standards: { 'development/logging': standardText('Logging', loggingRule) },
    });
    await rm(path.join(root, '.agent-os', 'standards', 'development', 'logging.md'));
    for (const name of ['logging', 'development/logging'])
      await assert.rejects(check({ standards: [name] }), {
        code: 'standards.gone',
        message: /^development\/logging was approved on 2026-11-01 by josh, and its file .* is gone\.$/,
      });
  });
});

describe('[X8] a check where the folder of standards cannot be read', () => {
  it('names the folder as not checked, also where a shipped one of that name is asked for', async (t) => {
    const { check, root } = await checkedProject(t, {
      files: { 'src/a.ts': 'console.log(1);\n' },
      standards: { 'development/logging': standardText('Logging', loggingRule) },
      shipped: { 'development/logging': standardText('Shipped logging', loggingRule) },
    });
    const folder = path.join(root, '.agent-os', 'standards');
    await rm(folder, { recursive: true });
    await writeFile(folder, 'in its place');
    for (const standards of [undefined, ['logging']]) {
      const output = await check(standards === undefined ? {} : { standards });
      assert.deepEqual(output.not_checked, [
        { standards: ['.agent-os/standards'], reason: 'it is not a folder' },
      ]);
    }
    await assert.rejects(check({ standards: ['development/naming'] }), { code: 'standards.unusable' });
  });
});
