import { openThread, type AnalysisThread } from './thread/open-thread.ts';

/** What runs beside the caller. From source it stands in its folder; a built file has it beside itself. */
export const analysisEntry = new URL(
  import.meta.url.endsWith('.ts') ? './thread/analysis-thread.ts' : './analysis-thread.js',
  import.meta.url,
);

/** How a thread of analysis is limited. */
export const threadLimits = { fileTimeoutMs: 20_000, idleTimeoutMs: 10_000, maxHeapMb: 256 };

/** The two threads of this process, shared by everything that analyses with the shipped rules. */
export const threads = [1, 2].map(() => openThread({ entry: analysisEntry, ...threadLimits })) as [
  AnalysisThread,
  AnalysisThread,
];
