import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkedProject, standardText } from '../check-fixture.ts';
import type { CheckOutput } from '../contract/index.ts';

const answer = (body: string) => `res.status(404).send(${body});\n`;
const handler = (...lines: string[]) =>
  `export function handle(req, res) {\n  res.status(200).json({ ok: true });\n${lines.map((line) => `  ${line}`).join('')}}\n`;
const usual = answer("{ error: { code: 'gone' } }");
const departing = answer("'gone'");
const files = {
  'src/usual.ts': handler(usual, usual, usual, usual),
  'src/other.ts': handler(departing, departing, departing),
  'src/a.ts': handler(usual),
};
const standards = {
  'architecture/error-responses': standardText('Error responses', [
    'applies_to: ["src/**"]',
    'check:',
    '  - uses: architecture/error-responses',
  ]),
};
const places = ({ findings }: CheckOutput) => findings.map(({ file, line }) => `${file}:${line}`);

describe('[X8] rules that look across files, for a change', () => {
  it('name the changed lines that depart from the rest of the project, staged, since a revision and in a diff', async (t) => {
    const { check, write, git } = await checkedProject(t, { files, standards });
    const whole = await check();
    assert.deepEqual(places(whole), ['src/other.ts:3', 'src/other.ts:4', 'src/other.ts:5']);
    await write({ 'src/a.ts': handler(usual, departing) });
    git('add', '-A');
    await write({ 'src/a.ts': '' });
    const staged = await check({ staged: true });
    assert.deepEqual(places(staged), ['src/a.ts:4']);
    assert.deepEqual([staged.checked, staged.not_checked], [['architecture/error-responses'], []]);
    assert.match(staged.message, /^1 place in 1 file departs/);
    await write({ 'src/a.ts': handler(usual, departing) });
    for (const input of [{ base: 'HEAD' }, { diff: git('diff', 'HEAD') }]) {
      const changed = await check(input);
      assert.deepEqual([places(changed), changed.not_checked], [['src/a.ts:4'], []]);
    }
  });

  it('are said not to have run where only some files are named, and say nothing of files they are not for', async (t) => {
    const { check, write, git } = await checkedProject(t, {
      files: { ...files, 'x.ts': 'a();\n' },
      standards,
    });
    const { not_checked: left } = await check({ paths: ['src/a.ts'] });
    assert.match(left[0]?.reason ?? '', /looks across files, and only some were given/);
    await write({ 'x.ts': 'b();\n', 'src/notes.md': 'No code.\n' });
    git('add', '-A');
    const staged = await check({ staged: true });
    assert.deepEqual([staged.findings, staged.checked], [[], []]);
    assert.doesNotMatch(JSON.stringify(staged.not_checked), /looks across files/);
  });
});
