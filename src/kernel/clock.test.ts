import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { systemClock } from './index.ts';

const hour = 3_600_000;

test('a sleeper wakes with the reason of the signal that aborts', async () => {
  const stop = new AbortController();
  const sleeping = systemClock.sleep(hour, { signal: stop.signal });
  const reason = new Error('the process is closing');
  stop.abort(reason);
  await assert.rejects(sleeping, reason);
});

test('a signal that has aborted already lets nobody fall asleep', async () => {
  const reason = new Error('too late');
  await assert.rejects(systemClock.sleep(hour, { signal: AbortSignal.abort(reason) }), reason);
});

test('a sleeper that has woken no longer listens to the signal', async () => {
  const { signal } = new AbortController();
  const sleeping = systemClock.sleep(0, { signal });
  assert.equal(getEventListeners(signal, 'abort').length, 1);
  await sleeping;
  assert.equal(getEventListeners(signal, 'abort').length, 0);
});

test('durations never run backwards', () => {
  const readings = Array.from({ length: 1_000 }, () => systemClock.monotonicMs());
  assert.deepEqual(
    readings,
    readings.toSorted((a, b) => a - b),
  );
});
