import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RuleSummary } from '../evidence.ts';
import { listRules } from '../list-rules.ts';

/** Weaknesses that weigh differently from language to language, each with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  'security/template-injection': 'templates of Go call nothing but methods of the values they are given',
  'security/debug-on': 'the debuggers of Flask and of Django hand a visitor more than the others do',
};

type Weighed = Pick<RuleSummary, 'id' | 'severity'>;

/** Weaknesses whose rules disagree on how bad they are, and exceptions that are none (any more). */
function unevenSeverities(rules: readonly Weighed[], excepted: Readonly<Record<string, string>>): string[] {
  const byWeakness = Map.groupBy(rules, ({ id }) => id.replace(/\/\w+\//, '/'));
  const uneven = [...byWeakness]
    .filter(([, own]) => new Set(own.map(({ severity }) => severity)).size > 1)
    .map(([weakness, own]) => ({
      weakness,
      said: own.map((rule) => `${rule.id} ${rule.severity}`).join(', '),
    }));
  return [
    ...uneven.filter(({ weakness }) => !(weakness in excepted)).map(({ said }) => said),
    ...Object.keys(excepted)
      .filter((weakness) => uneven.every((one) => one.weakness !== weakness))
      .map((weakness) => `${weakness} is no exception`),
  ];
}

describe('how bad a weakness is', () => {
  it('is the same in every language, but for those with a reason', async () => {
    assert.deepEqual(unevenSeverities(await listRules(), exceptions), []);
  });

  it('is compared by the name of the rule: what differs is told, and so is an exception without need', () => {
    const rules: Weighed[] = [
      { id: 'security/go/sql-from-string', severity: 'high' },
      { id: 'security/java/sql-from-string', severity: 'critical' },
      { id: 'data/go/query-in-loop', severity: 'medium' },
    ];
    assert.deepEqual(unevenSeverities(rules, {}), [
      'security/go/sql-from-string high, security/java/sql-from-string critical',
    ]);
    assert.deepEqual(
      unevenSeverities(rules, { 'security/sql-from-string': 'x', 'data/query-in-loop': 'x' }),
      ['data/query-in-loop is no exception'],
    );
  });
});
