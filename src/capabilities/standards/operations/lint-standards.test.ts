import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { withApproval } from '../document/approvable-text.ts';
import { openLibraryFixture, own, standardText } from './library-fixture.ts';
import { lintStandards } from './lint-standards.ts';
import { retireStandard } from './retire-standard.ts';

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

  it('[A10] names the lines of a merge that was not finished, and none of an example in code', async (t) => {
    const conflict = '<<<<<<< HEAD\nKeep ours.\n=======\nKeep theirs.\n>>>>>>> feature';
    const example = `\`\`\`\`diff\n${conflict}\n\`\`\`\``;
    const text = (part: string) => standardText('a/merged').replace('Text of Pattern.', part);
    const { call, place } = await openLibraryFixture(t, { [`${own}/a/merged.md`]: text(example) });
    assert.deepEqual((await call(lintStandards, {})).problems, []);
    await writeFile(place('a/merged'), text(`> <<<<<<< quoted\n\n${conflict}`));
    const first = text(conflict).split('\n').indexOf('<<<<<<< HEAD') + 3;
    const { ok, problems } = await call(lintStandards, {});
    assert.equal(ok, false);
    assert.deepEqual(
      problems.map(({ line, message }) => [line, message]),
      [
        [first, '"<<<<<<<" is a mark of a merge conflict; settle it, and take its marks out'],
        [first + 4, '">>>>>>>" is a mark of a merge conflict; settle it, and take its marks out'],
      ],
    );
    // One in the front matter keeps it from being read at all.
    await writeFile(place('a/merged'), text('Keep.').replace('tags:', '<<<<<<< HEAD\ntags:'));
    assert.equal((await call(lintStandards, {})).ok, false);
  });

  it('[A10] has nothing to say of a text that was approved and then retired here', async (t) => {
    const text = standardText('a/old');
    const approval = { approvedBy: 'josh', approvedAt: '2026-11-01T00:00:00Z' };
    const { call, approve, approved } = await openLibraryFixture(t, {
      [`${own}/a/old.md`]: withApproval(text, approval),
    });
    approve('a/old', text);
    assert.deepEqual((await call(lintStandards, {})).problems, []);
    await call(retireStandard, { standard: 'a/old', because: 'The gateway does it.' });
    assert.equal(approved.get('a/old')?.size, 1, 'the text before has no approval any more');
    assert.deepEqual((await call(lintStandards, {})).problems, []);
  });
});
