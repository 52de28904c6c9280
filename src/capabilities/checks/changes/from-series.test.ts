import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { checkedProject, loggingRule, standardText } from '../check-fixture.ts';

const standards = { 'development/logging': standardText('Logging', loggingRule) };
const code = Array.from({ length: 12 }, (_, index) => `export const a${index} = ${index};\n`).join('');
const places = (findings: readonly { file: string; line: number }[]) =>
  findings.map(({ file, line }) => `${file}:${line}`);

/** A project at the first of four commits; `tip` is the last. */
async function withSeries(t: TestContext) {
  const files = { 'src/a.ts': code, 'src/b.ts': `${code}${code}` };
  const project = await checkedProject(t, { files, standards });
  const { write, commit, git } = project;
  await write({ 'src/a.ts': `${code}console.log('taken away');\nconsole.log('stays');\n` });
  commit('First\n\n--- what the message says\n+++ is no diff');
  await write({ 'src/a.ts': `top();\n${code}console.log('stays');\n`, 'src/new.ts': 'one();\n' });
  commit('Second');
  git('mv', 'src/b.ts', 'src/c.ts');
  await write({ 'src/new.ts': "one();\nconsole.log('new');\n" });
  commit('Third');
  await write({ 'src/c.ts': `console.log('moved');\n${code}${code}` });
  commit('Fourth');
  const tip = git('rev-parse', 'HEAD').trim();
  git('reset', '-q', '--hard', 'HEAD~4');
  const series = git('format-patch', '--stdout', `HEAD..${tip}`);
  return { ...project, tip, series };
}

describe('[X8] a text with a series of patches', () => {
  it('is applied patch by patch, and the lines that are left in the end are judged', async (t) => {
    const { check, git, tip, series } = await withSeries(t);
    const logged = git('log', '-p', '--reverse', `HEAD..${tip}`);
    assert.equal(series.match(/^\+\+\+ b\/src\/a\.ts$/gm)?.length, 2);
    for (const diff of [series, logged]) {
      const output = await check({ diff });
      assert.deepEqual(places(output.findings), ['src/a.ts:14', 'src/c.ts:1', 'src/new.ts:2']);
      assert.deepEqual([output.incomplete, output.skipped], [false, []]);
      assert.match(output.message, /3 changed files looked at/);
      assert.match(output.message, /The diff is not applied in 3 files here/);
    }
  });

  it('is judged where it lies when all of it is applied here, with edits below too', async (t) => {
    const { check, git, write, tip, series } = await withSeries(t);
    git('reset', '-q', '--hard', tip);
    await write({ 'src/a.ts': `top();\n${code}console.log('stays');\nconsole.log('not of the series');\n` });
    const output = await check({ diff: series });
    assert.deepEqual(places(output.findings), ['src/a.ts:14', 'src/c.ts:1', 'src/new.ts:2']);
    assert.deepEqual([output.incomplete, output.skipped], [false, []]);
    assert.doesNotMatch(output.message, /not applied/);
  });

  it('that does not apply in its order names the files and is incomplete', async (t) => {
    const { check, git, write, tip, series } = await withSeries(t);
    const newestFirst = git('log', '-p', `HEAD..${tip}`, '--', 'src/a.ts');
    await assert.rejects(check({ diff: newestFirst }), {
      code: 'checks.not_applied',
      message: /src\/a\.ts \(neither as 2 patches in turn find it nor as they leave it, line \d+\)/,
      remedy: /oldest patch first/,
    });
    await write({ 'src/a.ts': code.replace('a11', 'changed') });
    const output = await check({ diff: series });
    assert.deepEqual(places(output.findings), ['src/c.ts:1', 'src/new.ts:2']);
    assert.equal(output.incomplete, true);
    assert.deepEqual(
      output.skipped.map(({ file }) => file),
      ['src/a.ts'],
    );
  });
});
