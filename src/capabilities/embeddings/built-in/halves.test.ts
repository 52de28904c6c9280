import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { layers, newNotes, openNoting, tokens } from './halves-fixture.ts';

/** More runs than a second thread ever needs to wake up. */
const mostRuns = 200_000;

describe('the work on a question, shared by two threads', () => {
  it('is done once for each token of each step, no step before the one it needs, whoever does it', async (t) => {
    const notes = newNotes();
    const partner = new Worker(new URL('./halves-fixture.ts', import.meta.url), { workerData: notes });
    t.after(() => partner.terminate());
    const halves = openNoting(notes, 1);
    const workers = new Set<number>();
    for (let run = 0; run < mostRuns && !(workers.has(1) && workers.has(2) && run >= 1_000); run += 1) {
      notes.done.fill(0);
      halves.lead(tokens);
      const byToken = [...notes.done.subarray(0, 3 * layers * tokens)];
      assert.ok(!byToken.includes(0), 'something was left out');
      assert.equal(notes.done.at(-1), 0, 'something was done twice or too early');
      for (const worker of byToken) workers.add(worker);
    }
    assert.deepEqual([...workers].sort(), [1, 2], 'both took part');
  });

  it('is done by one alone when the other never comes', () => {
    const notes = newNotes();
    openNoting(notes, 1).lead(tokens);
    assert.deepEqual([...new Set(notes.done.subarray(0, 3 * layers * tokens))], [1]);
    assert.equal(notes.done.at(-1), 0);
  });
});
