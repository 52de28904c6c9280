import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { editDistance } from './edit-distance.ts';
import { nearestNames } from './nearest-names.ts';

const names = ['architect', 'security', 'data', 'database', 'workflow-executor'];

describe('nearestNames', () => {
  it('finds slips of the pen and beginnings, best first', () => {
    assert.deepEqual(nearestNames('securty', names).slice(0, 1), ['security']);
    assert.deepEqual(nearestNames('arch', names), ['architect']);
    assert.deepEqual(nearestNames('dtaa', names), ['data']);
    assert.deepEqual(nearestNames('Workflow', names).slice(0, 1), ['workflow-executor']);
    assert.deepEqual(nearestNames('zzz', names), []);
    const settings = ['jobs.workers', 'jobs.max_waiting', 'work.max_turns'];
    assert.deepEqual(nearestNames('job.max_wating', settings), ['jobs.max_waiting']);
    assert.deepEqual(nearestNames('telephone', settings), []);
    assert.deepEqual(nearestNames('x'.repeat(100_000), names), []);
  });
});

describe('editDistance', () => {
  it('counts a swap of neighbours as one', () => {
    assert.equal(editDistance('securiyt', 'security'), 1);
    assert.equal(editDistance('', 'qa'), 2);
    assert.equal(editDistance('kitten', 'sitting'), 3);
  });

  it('is symmetric, zero only for equal texts, and never above the longer length', () => {
    const text = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const distance = editDistance(a, b);
        assert.equal(distance, editDistance(b, a));
        assert.equal(distance === 0, a === b);
        assert.ok(distance <= Math.max(a.length, b.length));
      }),
    );
  });
});
