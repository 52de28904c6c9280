import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkedProject, loggingRule, standardText } from '../check-fixture.ts';

const standards = { 'development/logging': standardText('Logging', loggingRule) };
const firstLines = (text: string, count: number) =>
  text
    .split('\n')
    .slice(0, count)
    .map((line) => `${line}\n`)
    .join('');

describe('[X8] a diff of which not all has come', () => {
  it('passes nothing of the file that it ends in, wherever that is', async (t) => {
    const { check, write, git } = await checkedProject(t, { files: { 'src/a.ts': 'a();\n' }, standards });
    await write({ 'src/a.ts': 'a();\nb();\n', 'src/z.ts': "a(1);\na(2);\nconsole.log('new');\n" });
    git('add', '-A');
    const diff = git('diff', '--cached');
    const rows = diff.split('\n');
    const begin = rows.indexOf('diff --git a/src/z.ts b/src/z.ts') + 1;
    for (let count = begin; count < rows.length - 1; count += 1) {
      const output = await check({ diff: firstLines(diff, count) });
      assert.equal(output.incomplete, true, `${count} lines`);
      assert.match(
        output.message,
        /^Nothing departs in what could be checked: 1 changed file .*; 1 changed file could not be checked/,
      );
      const place =
        count < begin + 5 ? `header that begins in its line ${begin}` : 'hunk that begins in its line';
      assert.deepEqual([output.skipped.length, output.skipped[0]?.file], [1, 'src/z.ts']);
      assert.ok(output.skipped[0]?.reason.startsWith(`the diff is cut off within the ${place}`));
    }
    const whole = await check({ diff });
    assert.deepEqual([whole.incomplete, whole.findings.length], [false, 1]);
    const cut = firstLines(git('diff', '--cached', 'src/z.ts'), 8);
    await assert.rejects(check({ diff: cut }), {
      code: 'checks.not_applied',
      message: /src\/z\.ts.*the diff is cut off within the hunk that begins in its line 6/,
    });
  });

  it('or whose hunks hold other lines than they count, as those of words do, passes nothing of the file', async (t) => {
    const before = '  one(1);\n  two(2);\n  three(3);\n';
    const { check, write, git } = await checkedProject(t, { files: { 'src/a.ts': before }, standards });
    for (const after of [
      before.replace('two(2)', 'console.log(2)'),
      `${before}console.log(4);\n`,
      "console.log('all of it');\n",
    ]) {
      await write({ 'src/a.ts': after });
      for (const options of [['--word-diff'], ['--word-diff=porcelain'], ['--output-indicator-new=>']]) {
        const diff = git('diff', ...options);
        for (const isApplied of [true, false]) {
          await write({ 'src/a.ts': isApplied ? after : before });
          await assert.rejects(check({ diff }), {
            code: 'checks.not_applied',
            message: /the hunk in line 5/,
          });
        }
        await write({ 'src/a.ts': after });
      }
    }
  });

  it('but lost empty lines at its end alone is checked, where what lies here and its ids agree', async (t) => {
    const before = 'one();\n\n\ntwo();\n';
    const { check, write, git } = await checkedProject(t, { files: { 'src/a.ts': before }, standards });
    const after = `console.log(1);\n${before}`;
    await write({ 'src/a.ts': after });
    const diff = git('diff', '-U2');
    assert.match(diff, /\n \n$/);
    const lost = diff.trimEnd();
    for (const [here, name] of [
      [after, 'applied'],
      [before, 'not applied'],
    ] as const) {
      await write({ 'src/a.ts': here });
      for (const end of ['', '\n', '\n\n']) {
        const output = await check({ diff: lost + end });
        assert.deepEqual([output.incomplete, output.total], [false, 1], name);
      }
      await assert.rejects(check({ diff: firstLines(diff, 6) }), { code: 'checks.not_applied' }, name);
    }
    // The empty line that is missing was replaced: only git's id of what is left can tell.
    await write({ 'src/a.ts': 'first();\none();\nconsole.log(2);\n\ntwo();\n' });
    const cut = firstLines(git('diff', '-U1'), 7);
    assert.match(cut, /^\+first\(\);\n one\(\);\n$/m);
    await write({ 'src/a.ts': before });
    await assert.rejects(check({ diff: cut }), { code: 'checks.not_applied', message: /cut off/ });
  });
});
