import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
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
    await write({ 'src/a.ts': 'other();\n', 'src/b.ts': 'other();\n' });
    await assert.rejects(check({ diff }), {
      code: 'checks.not_applied',
      category: 'conflict',
      message:
        /: src\/a\.ts \(neither as the diff finds it nor as it leaves it, line 2\), src\/b\.ts \(neither .*\)\.$/,
      remedy: /Make the diff again from these files/,
    });
    await assert.rejects(check({ diff: diff.replaceAll('src/', 'lib/') }), {
      code: 'checks.not_applied',
      message: /: lib\/a\.ts \(not here\), /,
    });
  });

  it('is read whatever prefixes it was made with, applied or not', async (t) => {
    const { check, git, write } = await checkedProject(t, {
      files: { 'src/a.ts': 'run();\n', 'a.ts': 'run();\n' },
      standards,
    });
    await write({ 'src/a.ts': 'run();\nconsole.log(1);\n' });
    const diffs = [
      git('-c', 'diff.mnemonicPrefix=true', 'diff'),
      git('-c', 'diff.noprefix=true', 'diff'),
      git('diff', '--src-prefix=old/', '--dst-prefix=new/'),
    ];
    const placesIn = async (diff: string) =>
      (await check({ diff, paths: ['src'] })).findings.map(({ file, line }) => `${file}:${line}`);
    for (const diff of diffs) assert.deepEqual(await placesIn(diff), ['src/a.ts:2'], diff);
    git('checkout', '-q', '.');
    for (const diff of diffs) assert.deepEqual(await placesIn(diff), ['src/a.ts:2'], diff);
  });

  it('that is not applied here is checked in memory, with the lines it would have, and says so', async (t) => {
    const windows = 'one();\r\ntwo();\r\nthree();';
    const { check, write, git, root } = await checkedProject(t, {
      files: {
        'src/a.ts': code,
        'src/old.ts': `${code}${'b();\n'.repeat(8)}`,
        'src/crlf.ts': windows,
        'src/gone.ts': 'gone();\n',
      },
      standards,
    });
    git('mv', 'src/old.ts', 'src/moved.ts');
    git('rm', '-q', 'src/gone.ts');
    await write({
      'src/a.ts': added + code,
      'src/moved.ts': `${code}${'b();\n'.repeat(8)}${added}`,
      'src/crlf.ts': windows.replace('two();', "two();\r\nconsole.log('crlf');"),
      'src/new.ts': `${code}${added}`,
      'src/applied.ts': added,
    });
    git('add', '-A');
    const diff = git('diff', '--staged', '-M');
    assert.match(diff, /rename from src\/old\.ts/);
    git('reset', '-q', '--hard');
    await write({ 'src/applied.ts': added });
    const output = await check({ diff });
    const found = output.findings.map(({ file, line }) => `${file}:${line}`);
    assert.deepEqual(found, [
      'src/a.ts:1',
      'src/applied.ts:1',
      'src/crlf.ts:3',
      'src/moved.ts:10',
      'src/new.ts:2',
    ]);
    assert.deepEqual([output.incomplete, output.skipped], [false, []]);
    assert.match(output.message, /5 changed files looked at/);
    assert.match(
      output.message,
      /The diff is not applied in 4 files here: .* line numbers are those with it applied\.$/,
    );
    assert.equal(await readFile(path.join(root, 'src/a.ts'), 'utf8'), code);
    await assert.rejects(readFile(path.join(root, 'src/new.ts')), { code: 'ENOENT' });
  });

  it('that would write where nothing may be read is not checked there', async (t) => {
    const { check } = await checkedProject(t, { files: { '.gitignore': 'out/\n' }, standards });
    const made = (file: string) => `--- /dev/null\n+++ b/${file}\n@@ -0,0 +1 @@\n+${added}`;
    await assert.rejects(check({ diff: made('../b.ts') }), {
      code: 'checks.not_applied',
      message: 'Nothing of the diff could be checked: ../b.ts (leads outside the project).',
    });
    const output = await check({ diff: made('out/a.ts') + made('../b.ts') + made('src/c.ts') });
    assert.deepEqual(
      output.findings.map(({ file }) => file),
      ['src/c.ts'],
    );
    assert.equal(output.incomplete, true);
    assert.deepEqual(
      output.skipped.map(({ file }) => file),
      ['out/a.ts', '../b.ts'],
    );
  });

  it('of which a part can be compared is checked in that part, and is incomplete', async (t) => {
    const { check, write, git } = await checkedProject(t, {
      files: { 'src/a.ts': code, 'src/b.ts': code },
      standards,
    });
    await write({ 'src/a.ts': `${code}b();\n`, 'src/b.ts': code + added });
    const diff = git('diff');
    await write({ 'src/b.ts': 'other();\n' });
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
