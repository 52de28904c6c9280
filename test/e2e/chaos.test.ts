import assert from 'node:assert/strict';
import { it } from 'node:test';
import { runChaos } from '../support/troupe/chaos.ts';

it('[A5] [A6] [X4] loses no job, ends none twice and pays for no stored turn again when workers are killed', async (t) => {
  const outcome = await runChaos(t, { jobs: 40, processes: 2, kills: 3 });
  assert.deepEqual(outcome.broken, []);
  assert.ok(outcome.takenBack > 0, 'the kills hit jobs in work');
  assert.ok(outcome.paidTurns >= outcome.neededTurns);
});
