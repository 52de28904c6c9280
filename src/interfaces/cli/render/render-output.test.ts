import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingTerminal } from '../testing.ts';
import { paintFor } from '../terminal/paint.ts';
import { renderOutput } from './render-output.ts';

const paint = paintFor(recordingTerminal());

describe('the list of jobs', () => {
  const job = { job_id: 'x1a2b', status: 'complete', persona: 'qa', duration_seconds: 1, task: 'review' };
  const lastLine = ([shown, matching, total, next]: readonly [number, number, number, string | null]) =>
    renderOutput(
      'jobs.list',
      {
        jobs: Array.from({ length: shown }, () => job),
        total_count: total,
        filtered_count: matching,
        next_before: next,
      },
      paint,
    )
      .split('\n')
      .at(-1);

  for (const [what, given, said] of [
    ['all', [3, 3, 3, null], '3 jobs'],
    ['the one there is', [1, 1, 1, null], '1 job'],
    [
      'the first of many',
      [10, 26, 26, 'id1'],
      '10 of 26 jobs; --limit N shows more, and so does troupe jobs list --before id1',
    ],
    ['the last page', [6, 26, 26, null], '6 of 26 jobs'],
    ['those that match', [2, 2, 26, null], '2 that match (26 jobs in all)'],
    [
      'the first of those that match',
      [10, 12, 26, 'id1'],
      '10 of 12 that match (26 jobs in all); --limit N shows more, and so does troupe jobs list --before id1',
    ],
  ] as const)
    it(`counts what it shows: ${what}`, () => assert.equal(lastLine(given), said));
});
