import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../../kernel/index.ts';
import { defaultModelLimits } from '../calls/call-limits.ts';
import { guardedFetch } from './guarded-fetch.ts';

const limitMs = 50;

/** As a process that is suspended, or a machine without time for it. */
const standStill = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * limitMs);

async function fetchFrom(t: TestContext, limits: Partial<typeof defaultModelLimits>) {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const fetch = guardedFetch({
    link: { provider: 'ollama', model: 'm' },
    limits: { ...defaultModelLimits, ...limits },
    clock: systemClock,
    redact: (text) => text,
    estimatedTokens: 0,
    answerLimitBytes: 1_000,
    env: {},
  });
  return () => fetch(`http://127.0.0.1:${port}/`);
}

describe('a process that stood still during a call', () => {
  it('has its connection, when that was made meanwhile', async (t) => {
    const call = await fetchFrom(t, { connectTimeoutMs: limitMs });
    const answer = call();
    standStill();
    assert.equal(await (await answer).text(), '{}');
  });
});
