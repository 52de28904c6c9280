import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { familyNames, severities, type Trade } from './evidence.ts';
import { listRules } from './list-rules.ts';

const rules = await listRules();
const nameOf = (id: string) => id.split('/')[2]!;
const least: Record<Trade, number> = {
  security: 25,
  engineering: 15,
  testing: 10,
  operations: 10,
  data: 10,
  architecture: 10,
};

describe('listRules', () => {
  for (const [trade, count] of Object.entries(least)) {
    it(`knows at least ${count} different weaknesses of ${trade}`, () => {
      const names = new Set(rules.filter((r) => r.trade === trade).map((r) => nameOf(r.id)));
      assert.ok(names.size >= count, `${names.size} of ${count}`);
    });
  }

  for (const family of familyNames) {
    it(`has at least ten security rules for ${family}`, () => {
      const own = rules.filter((r) => r.trade === 'security' && r.family === family);
      assert.ok(own.length >= 10, `${own.length} of 10`);
    });
  }

  it('gives each rule one id, a severity, a reason and a remedy', () => {
    assert.equal(new Set(rules.map((r) => r.id)).size, rules.length);
    for (const rule of rules) {
      assert.ok(severities.includes(rule.severity), rule.id);
      assert.ok(rule.title.length >= 5 && rule.why.length >= 20 && rule.remedy.length >= 10, rule.id);
      assert.doesNotMatch(rule.reference ?? '', /:\/\//, rule.id);
    }
  });
});
