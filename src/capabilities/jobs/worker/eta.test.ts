import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { etaMs, likelyDurations, median } from './eta.ts';

const finishedJob = fc.record({
  durationMs: fc.integer({ min: 0, max: 3_600_000 }),
  sizeBytes: fc.integer({ min: 0, max: 10_000_000 }),
});

/** Numbers between 0 and 1 that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe('an estimate', () => {
  it('is unknown without history, and a number of zero or more with one', () => {
    assert.equal(etaMs([], 10_000, 50, 0), null);
    fc.assert(
      fc.property(
        fc.array(finishedJob, { minLength: 1, maxLength: 60 }),
        fc.nat(10_000_000),
        fc.nat(4_000_000),
        fc.integer({ min: 1, max: 100 }),
        (history, sizeBytes, elapsedMs, percent) => {
          const eta = etaMs(likelyDurations(history, sizeBytes), elapsedMs, percent, 0);
          assert.ok(eta !== null && Number.isInteger(eta) && eta >= 0);
        },
      ),
    );
  });

  it('looks at the jobs nearest in size, and at the newest when the size is not known', () => {
    const large = Array.from({ length: 9 }, () => ({ durationMs: 100_000, sizeBytes: 5_000_000 }));
    const small = Array.from({ length: 9 }, () => ({ durationMs: 10_000, sizeBytes: 5_000 }));
    assert.equal(median(likelyDurations([...large, ...small], 6_000)), 10_000);
    assert.equal(median(likelyDurations([...small, ...large], 4_000_000)), 100_000);
    assert.equal(median(likelyDurations([...large, ...small])), 100_000);
    assert.equal(median([1, 3]), 2);
    assert.equal(median([]), undefined);
  });

  it('goes by the own pace where a job that takes longer than all before it has far to go', () => {
    assert.equal(etaMs([60_000], 90_000, 60, 0), 60_000);
  });

  it('[A7] of a job that far outlives its history grows as long as its bar stands; it is never a few seconds of minutes', () => {
    fc.assert(
      fc.property(
        fc.array(finishedJob, { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 4_000_000 }),
        fc.integer({ min: 1, max: 600_000 }),
        fc.integer({ min: 1, max: 99 }),
        (history, beyondMs, laterMs, percent) => {
          const likely = likelyDurations(history);
          const elapsedMs = 1.5 * Math.max(1_000, median(likely)!) + beyondMs;
          const eta = etaMs(likely, elapsedMs, percent, 0)!;
          assert.ok(eta >= elapsedMs * 0.1, `${eta} ms left after ${elapsedMs}`);
          assert.ok(etaMs(likely, elapsedMs + laterMs, percent, 0)! >= eta);
        },
      ),
    );
    const offlineReviews = [2_000, 3_000, 4_000, 5_000];
    assert.ok(etaMs(offlineReviews, 27_000, 94, 0)! > 10_000);
  });

  it('[A7] falls evenly before its time, and does not reach nothing when that comes', () => {
    const alike = [39_000, 40_000, 40_000, 40_000, 41_000];
    const atSecond = (second: number) => etaMs(alike, second * 1_000, 5, 0)!;
    for (let second = 1; second <= 26; second++)
      assert.ok(
        Math.abs(atSecond(second) - (40 - second) * 1_000) < 1_000,
        `${second} s: ${atSecond(second)}`,
      );
    for (let second = 27; second <= 90; second++) {
      assert.ok(atSecond(second) >= 4_000, `${second} s: ${atSecond(second)}`);
      assert.ok(atSecond(second) >= atSecond(second - 1) - 1_000, 'never falls faster than time passes');
    }
  });

  it('of an attempt that goes on from the middle counts only the rest', () => {
    assert.equal(etaMs([100_000], 10_000, 60, 50), 40_000);
    assert.equal(etaMs([100_000], 80_000, 60, 50), 320_000);
  });

  it('[A7] is within half of the truth of a model that writes from its second second on, its bar near the end for long', () => {
    const alike = [38_000, 39_000, 40_000, 41_000, 42_000];
    for (let second = 2; second <= 34; second++) {
      // What the standings say of a text that comes in evenly, 6,000 characters in all.
      const percent = Math.round(80 + 15 * (1 - Math.exp(-(second - 2) / 38)));
      const eta = etaMs(alike, second * 1_000, percent, 0)!;
      const truthMs = (40 - second) * 1_000;
      assert.ok(Math.abs(eta - truthMs) <= truthMs / 2, `${second} s: ${eta} ms`);
    }
  });

  it('[A7] is within half of the truth in the middle of most jobs of 30 s and more', () => {
    const random = seeded(7);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    // A review takes a while to begin, then time by the size of its scope, with the spread of models and networks.
    const next = () => {
      const sizeBytes = Math.round(Math.exp(9 + 3 * random()));
      const durationMs = Math.round((15_000 + 1.2 * sizeBytes) * Math.exp(0.25 * normal()));
      return { sizeBytes, durationMs };
    };
    const history = Array.from({ length: 50 }, next);
    let judged = 0;
    let near = 0;
    for (let n = 0; n < 2_000; n++) {
      const job = next();
      if (job.durationMs < 30_000) continue;
      // What 45 to 55 percent mean in time differs from job to job.
      const elapsedMs = job.durationMs * (0.35 + 0.3 * random());
      const truthMs = job.durationMs - elapsedMs;
      const eta = etaMs(likelyDurations(history, job.sizeBytes), elapsedMs, 50, 0)!;
      judged += 1;
      if (Math.abs(eta - truthMs) <= truthMs / 2) near += 1;
      history.unshift(job);
      history.pop();
    }
    assert.ok(judged > 1_000);
    assert.ok(near / judged >= 0.85, `${near} of ${judged} estimates were within half of the truth`);
  });
});
