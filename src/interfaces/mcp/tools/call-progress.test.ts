import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ServerContext } from '@modelcontextprotocol/server';
import { progressReports } from './call-progress.ts';

describe('the progress of a call', () => {
  it('only grows, in numbers of two decimals at most, also when a message alone changed', async () => {
    const sent: number[] = [];
    const notify = ({ params }: { params: { progress: number } }) =>
      Promise.resolve(sent.push(params.progress));
    const context = { mcpReq: { _meta: { progressToken: 1 }, notify } } as unknown as ServerContext;
    const { tell, settled } = progressReports(context, (error) => assert.fail(String(error)));
    for (const percent of [77, 77, 77, 77, 33.3333, 80.123456, 80.123456, 100, 100])
      tell!({ percent, message: 'at work' });
    await settled();
    assert.deepEqual(sent, [77, 77.01, 77.02, 77.03, 77.04, 80.12, 80.13, 100]);
  });
});
