import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openProjectFiles } from '../../../platform/files/index.ts';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { refuseWithoutScope } from './refuse-without-scope.ts';
import { scopeOfJob } from './scope-of-job.ts';

describe('a task whose scope would be the whole project by mistake', () => {
  it('is refused, with the nearest name; a question, a wish and what has a scope are not', async (t) => {
    const root = await temporaryTree(t, { 'src/admin.ts': '', 'src/db.ts': '', 'lib/pay.py': '' });
    const files = await openProjectFiles({ root });
    const outcome = async (task: string, context?: string) => {
      const redact = (text: string) => Promise.resolve({ text });
      const scope = await scopeOfJob({ task, context: context ?? null }, files, redact);
      return refuseWithoutScope({ task, context }, scope, files).then(
        () => 'goes on',
        (error: unknown) => (error as Error).message,
      );
    };
    for (const [task, said] of [
      ['review src/adimn.ts', /: src\/adimn\.ts \(did you mean src\/admin\.ts\?\)\./],
      ['review src/db', /src\/db \(did you mean src\/db\.ts\?\)/],
      ['review pay.py for missing checks', /pay\.py \(did you mean lib\/pay\.py\?\)/],
      ['review scr/admin.ts', /scr\/admin\.ts \(did you mean src\/admin\.ts\?\)/],
      ['src/zzzzzz', /: src\/zzzzzz\./],
      ['review src/db.ts:7-9', /src\/db\.ts:7-9 \(it has 0 lines\)/],
    ] as const)
      assert.match(await outcome(task), said);
    for (const task of [
      'review src/db.ts and src/adimn.ts',
      'review nope/x',
      'what does src/adimn.ts do?',
      'Design src/ledger.ts',
      'add tests in lib/pay.test.ts',
      'review',
    ])
      assert.equal(await outcome(task), 'goes on', task);
    assert.equal(await outcome('review src/new.ts', 'a design in words'), 'goes on');
    assert.match(await outcome('review this diff', ' \n'), /the context is empty/);
    assert.match(await outcome('review these changes', ''), /the context is empty/);
    for (const task of ['review this project', 'review src', 'review'])
      assert.equal(await outcome(task, ''), 'goes on', task);
  });
});
