import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { silenceOf } from './sign-of-life.ts';

const times = { leaseMs: 30_000, heartbeatMs: 10_000 };
const leaseUntil = 1_000_000;
const heardAt = leaseUntil - times.leaseMs;
const after = (ms: number, status: 'pending' | 'running' | 'complete' = 'running') =>
  silenceOf({ status, leaseUntil }, heardAt + ms, times);

describe('[A6] a worker that is no longer heard', () => {
  it('is told of after a heartbeat and a half, with how long, and when another takes over', () => {
    assert.deepEqual(after(15_000), {});
    assert.deepEqual(after(15_001), { silent_seconds: 15, takeover_in_seconds: 15 });
    assert.deepEqual(after(29_500), { silent_seconds: 30, takeover_in_seconds: 1 });
    assert.deepEqual(after(95_000), { silent_seconds: 95, takeover_in_seconds: 0 });
  });

  it('is not told of where nobody works, nor when the clock was set back', () => {
    assert.deepEqual(after(95_000, 'pending'), {});
    assert.deepEqual(after(95_000, 'complete'), {});
    assert.deepEqual(silenceOf({ status: 'running', leaseUntil: null }, 0, times), {});
    assert.deepEqual(after(-500_000), {});
  });
});
