import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkedProject, loggingRule, standardText } from '../check-fixture.ts';

const code = 'export const a = 1;\n';
const added = "console.log('new');\n";
const standards = { 'development/logging': standardText('Logging', loggingRule) };

describe('[X8] a diff', () => {
  it('of which nothing can be compared here is an error that names the files, and no good outcome', async (t) => {
    const { check, write, git } = await checkedProject(t, {
      files: { 'src/a.ts': code, 'src/b.ts': code },
      standards,
    });
    await write({ 'src/a.ts': code + added, 'src/b.ts': code + added, 'logo.png': 'a\0b' });
    git('add', '-A');
    const diff = git('diff', '--staged');
    git('reset', '-q', '--hard');
    await assert.rejects(check({ diff }), {
      code: 'checks.not_applied',
      category: 'conflict',
      message: /src\/a\.ts is not as the diff leaves it \(line 2\), src\/b\.ts is not as/,
      remedy: /Check where the diff is applied/,
    });
    await assert.rejects(check({ diff: diff.replaceAll('src/', 'lib/') }), {
      code: 'checks.not_applied',
      message: /lib\/a\.ts is not here/,
    });
  });

  it('of which a part can be compared is checked in that part, and is incomplete', async (t) => {
    const { check, write, git } = await checkedProject(t, {
      files: { 'src/a.ts': code, 'src/b.ts': code },
      standards,
    });
    await write({ 'src/a.ts': `${code}b();\n`, 'src/b.ts': code + added });
    const diff = git('diff');
    await write({ 'src/b.ts': code });
    const output = await check({ diff });
    assert.deepEqual([output.incomplete, output.findings], [true, []]);
    assert.equal(
      output.message,
      'Nothing departs in what could be checked: 1 changed file looked at, 1 standard checked, 0 not checked; 1 changed file could not be checked.',
    );
    const whole = await check({ diff, paths: ['./src/a.ts'] });
    assert.deepEqual([whole.incomplete, whole.skipped], [false, []]);
  });

  it('that holds only what nobody could check is no failure', async (t) => {
    const { check, write, git } = await checkedProject(t, {
      files: { 'src/a.ts': code, 'src/b.ts': code },
      standards,
    });
    await write({ 'logo.png': 'a\0b' });
    git('add', '-A');
    assert.equal((await check({ diff: git('diff', '--staged') })).incomplete, false);
    git('reset', '-q');
    git('rm', '-q', 'src/b.ts');
    const deleted = await check({ diff: git('diff', '--staged') });
    assert.deepEqual(
      [deleted.incomplete, deleted.message],
      [false, 'There was nothing to check: no changed files.'],
    );
  });

  it('and paths that leave out all it changes is an error that names both', async (t) => {
    const { check, write, git } = await checkedProject(t, {
      files: { 'src/a.ts': code, 'tools/b.ts': code },
      standards,
    });
    await write({ 'src/a.ts': code + added });
    const diff = git('diff');
    await assert.rejects(check({ diff, paths: ['tools/', 'lib'] }), {
      code: 'checks.outside_paths',
      message: 'The diff changes 1 file (src/a.ts), none of them below tools, lib.',
    });
    assert.equal((await check({ diff, paths: ['./src/'] })).findings.length, 1);
    await assert.rejects(check({ diff: 'refs/heads/main 1 refs/heads/main 2\n' }), {
      code: 'checks.no_diff',
    });
  });
});
