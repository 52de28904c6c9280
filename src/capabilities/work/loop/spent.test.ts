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

  it('[X12] is booked when the job is cancelled while its model writes', async (t) => {
    const desk = await openReviewDesk(t, { 'src/a.ts': 'export const a = 1;\n' });
    const { promise: booked, resolve } = Promise.withResolvers<unknown>();
    const spent = { inputTokens: 0, outputTokens: 0, costUsd: 0 };
    let jobId = '';
    const endless: LanguageModelV4 = {
      specificationVersion: 'v4',
      provider: 'test',
      modelId: 'endless',
      supportedUrls: {},
      doGenerate: () => Promise.reject(new Error('only streams')),
      doStream: ({ abortSignal }) =>
        Promise.resolve({
          stream: new ReadableStream<LanguageModelV4StreamPart>({
            async start(controller) {
              controller.enqueue({ type: 'stream-start', warnings: [] });
              controller.enqueue({ type: 'text-start', id: 'text' });
              controller.enqueue({ type: 'text-delta', id: 'text', delta: 'I think' });
              // As the chain does: a call that is cut off is settled when its stream hears of it.
              abortSignal!.addEventListener('abort', () => {
                Object.assign(spent, { inputTokens: 900, outputTokens: 2, costUsd: 0.03 });
                controller.error(abortSignal!.reason);
              });
              await desk.store.cancel(jobId, Date.now());
            },
          }),
        }),
    };
    const job = await desk.review({
      model: endless,
      deps: {
        openModel: (attempt) => {
          jobId = attempt.job.id;
          const addSpent = attempt.addSpent;
          attempt.addSpent = (given) => addSpent(given).finally(() => resolve(undefined));
          return Promise.resolve({
            model: endless,
            label: () => 'test/endless',
            spent: () => ({ ...spent }),
            notes: () => [],
          });
        },
      },
    });
    assert.equal(job.status, 'cancelled');
    await booked;
    assert.partialDeepStrictEqual(await desk.store.get(job.id), {
      tokensInput: 900,
      tokensOutput: 2,
      costUsd: 0.03,
    });
  });
});
