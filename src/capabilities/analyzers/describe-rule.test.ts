import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeRule } from './describe-rule.ts';

describe('describeRule', () => {
  it('knows a rule by id and by family, with the examples of every language that has it', async () => {
    const found = await describeRule('security/python/sql-from-string');
    assert.equal(found?.family, 'security/sql-from-string');
    assert.deepEqual(found, await describeRule('security/sql-from-string'));
    const languages = found.examples.map(({ language }) => language);
    assert.ok(languages.includes('typescript') && languages.includes('python'));
    for (const { fires, clean } of found.examples) assert.ok(fires.length > 0 && clean.length > 0);
    const [typescript, python] = found.examples;
    assert.match(typescript!.model, /name = \?', \[name\]/);
    assert.notEqual(typescript!.remedy, python!.remedy);
  });

  it('knows rules that are no syntax, and nothing that nobody ships', async () => {
    const found = await describeRule('architecture/any/import-cycle');
    assert.partialDeepStrictEqual(found, { family: 'architecture/import-cycle', analyzer: 'structure' });
    for (const unknown of ['security/none', 'none/sql-from-string', '', '..', 'a/b/c/d'])
      assert.equal(await describeRule(unknown), undefined);
  });
});
