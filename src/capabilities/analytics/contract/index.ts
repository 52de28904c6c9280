export { metricsInput, metricsOutput } from './metrics.ts';
export type { Metrics } from './metrics.ts';
