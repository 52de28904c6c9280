import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { steppedClock } from '../../models/testing.ts';
import { IndexKeeper } from './index-keeper.ts';

test('a turn that fails is told and tried again, each time later, and the change it was for is not forgotten', async (t) => {
  const root = await temporaryTree(t, { 'standards/a.md': 'a' });
  const clock = steppedClock();
  const problems: string[] = [];
  let failing: 'check' | 'reconcile' | undefined;
  let onLook: () => void = () => undefined;
  const turn = (part: 'check' | 'reconcile') => async () => {
    if (failing === part) throw new Error(part);
    if (part === 'reconcile') onLook();
  };
  const keeper = new IndexKeeper({
    folder: path.join(root, 'standards'),
    lockFile: path.join(root, 'keeper.lock'),
    clock,
    rescanMs: 60_000,
    check: turn('check'),
    reconcile: turn('reconcile'),
    onProblem: (error) => problems.push((error as Error).message),
  });
  t.after(() => keeper.close());
  await keeper.start();
  assert.ok(keeper.isKeeper);
  const slept = async (ms: number) => {
    await clock.sleeping((asked) => asked === ms);
    clock.step(ms);
  };
  for (const part of ['check', 'reconcile'] as const) {
    failing = part;
    problems.length = 0;
    await writeFile(path.join(root, 'standards', `${part}.md`), part);
    await slept(30);
    await slept(500);
    await clock.sleeping((asked) => asked === 1_000);
    assert.deepEqual(problems, [part, part]);
    const looked = new Promise<void>((resolve) => (onLook = resolve));
    failing = undefined;
    // No event comes any more: the change of before is looked at.
    clock.step(1_000);
    await looked;
  }
});
