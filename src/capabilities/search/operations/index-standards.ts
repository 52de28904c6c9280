import { counted, operationsOf } from '../../../kernel/index.ts';
import { indexStandardsInput, indexStandardsOutput } from '../contract/index.ts';
import type { IndexProgress, StandardsIndex } from '../standards-index.ts';

/** What the operations on the index need. */
export interface IndexDeps {
  index: StandardsIndex;
}

/** Where the vectors begin on the bar: words take a moment, vectors the rest. */
const wordsPercent = 10;

export const indexStandards = operationsOf<IndexDeps>()({
  name: 'standards.index',
  summary:
    'Bring the index of the standards in step now, vectors included. Searches do it by themselves; this waits for it.',
  input: indexStandardsInput,
  output: indexStandardsOutput,
  doors: { cli: 'standards index' },
  policy: { effect: 'write', idempotent: true },
  errors: [],
  async handler(_input, { deps: { index }, call }) {
    const { signal } = call;
    const tell = (from: number, to: number, what: string) => (progress: IndexProgress) => {
      const share = progress.total === 0 ? 1 : progress.done / progress.total;
      const percent = Math.round(from + (to - from) * share);
      call.progress?.({ percent, message: `${what} ${progress.done} of ${progress.total}` });
    };
    const report = await index.refresh({ signal, onProgress: tell(0, wordsPercent, 'standards') });
    await index.embedded({ signal, onProgress: tell(wordsPercent, 100, 'vectors') });
    const { standards, sections, embedded, waiting, model, store, sizeBytes, note } = await index.status();
    const vectors = model === null ? 'embeddings are off' : `${counted(embedded, 'vector')} by ${model}`;
    return {
      standards,
      sections,
      embedded,
      waiting,
      model,
      store,
      size_bytes: sizeBytes,
      words_ready_ms: report.durationMs,
      skipped: [...report.skipped],
      message: [`${counted(standards, 'standard')} in ${counted(sections, 'section')}; ${vectors}.`, note]
        .filter(Boolean)
        .join(' '),
    };
  },
});
