import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTimeLimit, TimeLimitError } from './time-limit.ts';

test('work that does not end is stopped, and the next one is not', () => {
  const runLimited = createTimeLimit(20);
  const endless = () => {
    for (;;);
  };
  assert.throws(() => runLimited(endless), new TimeLimitError(20));
  let isDone = false;
  runLimited(() => {
    isDone = true;
  });
  assert.ok(isDone);
});

test('time in which the machine did something else is no time of the work: it is begun anew', () => {
  const never = new Int32Array(new SharedArrayBuffer(4));
  let starts = 0;
  let isDone = false;
  createTimeLimit(200)(() => {
    starts += 1;
    if (starts === 1) Atomics.wait(never, 0, 0);
    isDone = true;
  });
  assert.ok(isDone);
  assert.ok(starts >= 2);
});

test('what the work throws is thrown', () => {
  const thrown = new RangeError('of the work');
  const failing = () => {
    throw thrown;
  };
  assert.throws(() => createTimeLimit(1_000)(failing), thrown);
});
