import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { openReviewDesk } from '../review-fixture.ts';

describe('what a model cost', () => {
  it('[X12] is booked on the job when its turn breaks off, with all that was tried', async (t) => {
    const desk = await openReviewDesk(t, { 'src/a.ts': 'export const a = 1;\n' });
    let calls = 0;
    const broken: LanguageModelV4 = {
      specificationVersion: 'v4',
      provider: 'test',
      modelId: 'breaks-off',
      supportedUrls: {},
      doGenerate: () => Promise.reject(new Error('only streams')),
      doStream() {
        calls += 1;
        const parts: LanguageModelV4StreamPart[] = [
          { type: 'stream-start', warnings: [] },
          { type: 'text-start', id: 'text' },
          { type: 'text-delta', id: 'text', delta: 'I think' },
          { type: 'error', error: new Error('the stream broke off') },
        ];
        return Promise.resolve({ stream: ReadableStream.from(parts) });
      },
    };
    const job = await desk.review({
      model: broken,
      deps: {
        openModel: () =>
          Promise.resolve({
            model: broken,
            label: () => 'test/breaks-off',
            spent: () => ({ inputTokens: 5_930 * calls, outputTokens: 5 * calls, costUsd: 0.01 * calls }),
            notes: () => [],
          }),
      },
    });
    assert.equal(calls, 1);
    assert.partialDeepStrictEqual(job, {
      status: 'failed',
      tokensInput: 5_930,
      tokensOutput: 5,
      costUsd: 0.01,
    });
  });
});
