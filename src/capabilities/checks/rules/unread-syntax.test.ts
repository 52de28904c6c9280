import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkedProject, loggingRule, standardText } from '../check-fixture.ts';

describe('[X8] code that cannot be parsed whole', () => {
  it('is named as read in part, at the first line that the parser does not know', async (t) => {
    const broken = 'export const a = 1;\nfunction f( {{{{ \n';
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': 'export const a = 1;\n', 'src/b.ts': broken, 'tools/c.ts': broken },
      standards: {
        'development/logging': standardText('Logging', ['applies_to: ["src/**"]', ...loggingRule]),
      },
    });
    const { skipped, checked } = await check({ paths: ['src', 'tools'] });
    assert.deepEqual(checked, ['development/logging']);
    assert.equal(skipped.length, 1, 'only files that a standard is for');
    assert.equal(skipped[0]!.file, 'src/b.ts:2');
    assert.match(skipped[0]!.reason, /^read in part: here begins a syntax error/);
  });
});
