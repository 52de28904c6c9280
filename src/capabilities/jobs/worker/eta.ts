import type { FinishedJob } from '../store/job-store.ts';

/** How many of the history's jobs, the nearest in size, an estimate looks at. */
const neighbours = 7;

/**
 * Expected duration in milliseconds of a job of this size: the median of the finished jobs nearest in size.
 * `undefined` without history.
 */
export function expectedDurationMs(history: readonly FinishedJob[], sizeBytes: number): number | undefined {
  if (history.length === 0) return undefined;
  const distance = (job: FinishedJob) => Math.abs(Math.log((job.sizeBytes + 1_000) / (sizeBytes + 1_000)));
  const nearest = [...history].sort((a, b) => distance(a) - distance(b)).slice(0, neighbours);
  const durations = nearest.map((job) => job.durationMs).sort((a, b) => a - b);
  const middle = Math.floor(durations.length / 2);
  return durations.length % 2 === 1 ? durations[middle] : (durations[middle - 1]! + durations[middle]!) / 2;
}

/**
 * Milliseconds left, from the expected duration; once a job takes longer than that, from its own pace. `null` while
 * nothing is known.
 */
export function etaMs(expectedMs: number | undefined, elapsedMs: number, percent: number): number | null {
  if (expectedMs === undefined) return null;
  if (elapsedMs < expectedMs) return Math.round(expectedMs - elapsedMs);
  return percent > 0 ? Math.round((elapsedMs * (100 - percent)) / percent) : null;
}
