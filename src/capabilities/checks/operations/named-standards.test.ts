import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkedProject, loggingRule, standardText } from '../check-fixture.ts';

const id = 'development/logging';
const logging = standardText('Logging', loggingRule);
const code = { 'src/a.ts': 'console.log(1);\n', 'docs/a.md': '# A\n' };

describe('[X8] a check by standards that the caller names', () => {
  it('is incomplete where one that is for the files is not in force or cannot be read, and says what to do', async (t) => {
    for (const [standard, approved, reason] of [
      [logging, {}, /^nobody has approved it .*: `troupe standards adopt development\/logging` shows it$/],
      [logging, { [id]: `${logging}\nOlder.\n` }, /^it was changed .* adopt development\/logging` shows it$/],
      [standardText('Broken', ['check: [{ id: x }]']), undefined, /"check\.0/],
      [standardText('Broken', ['applies_to: [7]', ...loggingRule]), undefined, /"applies_to\.0"/],
      [standardText('Unknown', ['check:', '  - uses: security/nothing']), undefined, /No shipped rule/],
    ] as const) {
      const { check } = await checkedProject(t, {
        files: code,
        standards: { [id]: standard },
        ...(approved === undefined ? {} : { approved }),
      });
      const output = await check({ standards: ['logging'] });
      assert.deepEqual([output.incomplete, output.checked], [true, []], String(reason));
      assert.match(output.not_checked[0]!.reason, reason);
      assert.match(
        output.message,
        /^No standard was checked: .*, 1 not checked; of the standards named, 1 could not be checked\.$/,
      );
      const unnamed = await check();
      assert.equal(unnamed.incomplete, false, 'listed only');
      assert.doesNotMatch(unnamed.not_checked[0]!.reason, /adopt development/);
    }
  });

  it('has no part in files that none of them is for', async (t) => {
    const forCode = ['applies_to: ["src/**/*.ts"]', ...loggingRule];
    const across = ['applies_to: ["src/**/*.ts"]', 'check:', '  - uses: architecture/error-responses'];
    const { check, approve } = await checkedProject(t, {
      files: code,
      standards: { [id]: standardText('Logging', forCode), 'a/across': standardText('Across', across) },
      approved: { 'a/across': standardText('Across', across) },
    });
    const unapproved = await check({ paths: ['docs'], standards: [id] });
    assert.deepEqual([unapproved.incomplete, unapproved.not_checked], [false, []]);
    approve(id, standardText('Logging', forCode));
    const named = await check({ paths: ['docs'], standards: [id, 'a/across'] });
    assert.deepEqual([named.incomplete, named.checked], [false, []]);
    assert.deepEqual(named.not_checked, [
      {
        reason: 'it is for none of these files (applies_to: src/**/*.ts)',
        standards: ['a/across', id],
      },
    ]);
    assert.deepEqual((await check({ paths: ['docs'] })).not_checked, []);
    const given = await check({ paths: ['src'], standards: ['a/across'] });
    assert.match(given.not_checked[0]!.reason, /looks across files, and only some were given/);
  });

  it('counts those that are in force beside one that is not', async (t) => {
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': 'a();\n' },
      standards: { [id]: logging, 'a/other': logging },
      approved: { [id]: logging },
    });
    const { incomplete, message } = await check({ standards: [id, 'a/other'] });
    assert.equal(incomplete, true);
    assert.match(message, /^Nothing departs in what could be checked: .*1 standard checked, 1 not checked;/);
  });
});
