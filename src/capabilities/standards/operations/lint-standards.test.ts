import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openLibraryFixture, own, standardText } from './library-fixture.ts';
import { lintStandards } from './lint-standards.ts';

describe('linting what was written by hand', () => {
  it('[A11] names every secret and the hidden character of a file, by line and kind, and repeats none', async (t) => {
    const secret = 'q8Xz!2LmWv9#RtYp';
    const keys = `${standardText('a/keys')}\npassword = "${secret}"\n\n\u202Eorders\n`;
    const line = keys.split('\n').findIndex((one) => one.includes(secret)) + 1;
    const { call } = await openLibraryFixture(t, { [`${own}/a/keys.md`]: keys });
    const output = await call(lintStandards, {});
    assert.equal(output.ok, false);
    const said = output.problems.map((problem) => `${problem.line}: ${problem.message}`);
    assert.ok(
      said.some((one) => one.startsWith(`${line}: there is a secret (`)),
      said.join('\n'),
    );
    assert.ok(said.includes(`${line + 2}: there is the hidden character U+202E`), said.join('\n'));
    assert.ok(!JSON.stringify(output).includes(secret));
  });
});
