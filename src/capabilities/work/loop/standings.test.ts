import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createStandings } from './standings.ts';

describe('where a review stands', () => {
  it('says while it is written how much there is, also where the bar hardly moves', () => {
    const standings = createStandings();
    const early = standings.writing(1);
    const late = [40_000, 41_000].map((chars) => standings.writing(chars));
    assert.deepEqual(early, { phase: 'generating', percent: 80, message: 'writing the review, 1 character' });
    assert.deepEqual(
      late.map(({ percent }) => percent),
      [95, 95],
    );
    assert.deepEqual(
      late.map(({ message }) => message),
      ['writing the review, 40000 characters', 'writing the review, 41000 characters'],
    );
  });
});
