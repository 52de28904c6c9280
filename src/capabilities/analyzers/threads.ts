import { ownFile } from '../../kernel/index.ts';
import { openThread, type AnalysisThread } from './thread/open-thread.ts';

/** What runs beside the caller. */
export const analysisEntry = ownFile(import.meta.url, {
  source: './thread/analysis-thread.ts',
  built: './analysis-thread.js',
});

/** How a thread of analysis is limited. */
export const threadLimits = { fileTimeoutMs: 20_000, idleTimeoutMs: 10_000, maxHeapMb: 256 };

/** The two threads of this process, shared by everything that analyses with the shipped rules. */
export const threads = [1, 2].map(() => openThread({ entry: analysisEntry, ...threadLimits })) as [
  AnalysisThread,
  AnalysisThread,
];
