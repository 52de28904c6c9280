import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { trades } from './evidence.ts';
import { shippedIds } from './shipped-ids.ts';
import { topicOf, topicsByName } from './topics.ts';

/** Names with a topic that no rule has (any more). */
function namesOfNoRule(names: readonly string[], ruleIds: readonly string[]): string[] {
  const known = new Set(ruleIds.map((id) => id.split('/').at(-1)));
  return names.filter((name) => !known.has(name));
}

describe('the topic of a rule', () => {
  it('is given to names of rules that there are', async () => {
    assert.deepEqual(namesOfNoRule(Object.keys(topicsByName), await shippedIds(trades)), []);
  });

  it('is missed where a rule was renamed, or its name is written otherwise', () => {
    const ids = ['security/python/sql-from-string', 'security/any/secret-in-code'];
    const names = ['sql-from-string', 'sql-from-strings', 'secret-in-code', 'python'];
    assert.deepEqual(namesOfNoRule(names, ids), ['sql-from-strings', 'python']);
  });

  it('is the name in words where the table has none', () => {
    assert.equal(topicOf('security/go/sql-from-string'), 'SQL injection');
    assert.equal(topicOf('testing/go/no-such-rule'), 'no such rule');
  });
});
