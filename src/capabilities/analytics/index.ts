import { readMetrics } from './operations/read-metrics.ts';

/** Every use case on figures; doors derive from this list. */
export const analyticsOperations = [readMetrics] as const;

export type { AnalyticsDeps } from './operations/read-metrics.ts';
