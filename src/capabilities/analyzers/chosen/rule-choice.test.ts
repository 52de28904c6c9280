import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyze } from '../analyze.ts';
import { chosenBy, tradesOf } from './rule-choice.ts';

describe('a choice of rules', () => {
  it('is a trade with all its rules, or one rule in every language that has it', () => {
    const choices = ['data/query-in-loop', 'operations'] as const;
    assert.deepEqual(tradesOf(choices), ['operations', 'data']);
    const isChosen = chosenBy(choices);
    const ids = [
      'data/go/query-in-loop',
      'data/go/select-star',
      'operations/any/missing-lockfile',
      'security/any/secret',
    ];
    assert.deepEqual(ids.map(isChosen), [true, false, true, false]);
  });

  it('is what an analysis runs, counts and reports, of syntax, structure and secrets alike', async (t) => {
    const root = await mkdtemp(join(tmpdir(), 'troupe-choice-'));
    t.after(() => rm(root, { recursive: true, force: true }));
    const code =
      "for (const o of orders) { o.user = await db.query('SELECT * FROM users WHERE id = ?', [o.id]); }\n";
    await writeFile(join(root, 'a.ts'), code);
    await writeFile(join(root, 'package.json'), '{ "dependencies": { "left-pad": "*" } }');
    const run = (...trades: Parameters<typeof analyze>[0]['trades']) =>
      analyze({ root, files: ['a.ts', 'package.json'], trades });
    const all = await run('data', 'operations');
    assert.ok(all.evidence.some(({ rule }) => rule === 'data/typescript/select-star'));
    assert.ok(all.evidence.some(({ rule }) => rule === 'operations/any/unpinned-dependency'));
    const some = await run('data/query-in-loop', 'operations/busy-loop');
    assert.deepEqual(
      some.evidence.map(({ rule }) => rule),
      ['data/typescript/query-in-loop'],
    );
    assert.deepEqual(some.rulesApplied, [
      { trade: 'operations', family: 'typescript', rules: 1 },
      { trade: 'data', family: 'typescript', rules: 1 },
    ]);
  });
});
