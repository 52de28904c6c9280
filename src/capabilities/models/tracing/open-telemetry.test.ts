import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openTelemetrySpans } from './open-telemetry.ts';

describe('tracing with OpenTelemetry', () => {
  it('[A22] is off when its package is not installed', async () => {
    assert.equal(await openTelemetrySpans(), undefined);
  });

  it('[A22] hands on name, times, attributes and failure', async () => {
    const seen: unknown[] = [];
    const api = {
      trace: {
        getTracer: () => ({
          startSpan(name: string, options: unknown) {
            seen.push([name, options]);
            return { setStatus: (status: unknown) => seen.push(status), end: (at: number) => seen.push(at) };
          },
        }),
      },
    };
    const onSpan = await openTelemetrySpans(() => Promise.resolve(api));
    onSpan?.({
      name: 'chat m',
      startedAt: 1,
      endedAt: 3,
      attributes: { a: 1 },
      errorCode: 'models.overloaded',
    });
    assert.deepEqual(seen, [
      ['chat m', { kind: 2, startTime: 1, attributes: { a: 1 } }],
      { code: 2, message: 'models.overloaded' },
      3,
    ]);
  });
});
