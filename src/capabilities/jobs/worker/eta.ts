import type { FinishedJob } from '../store/job-store.ts';

/** How many of the history's jobs, the nearest in size, an estimate looks at. */
const neighbours = 9;

/**
 * How long a job of this size may take, milliseconds, shortest first: the durations of the finished jobs nearest in
 * size. Without a size, those of the newest jobs (the history's order). Empty without history.
 */
export function likelyDurations(history: readonly FinishedJob[], sizeBytes?: number): number[] {
  const distance = (job: FinishedJob) =>
    sizeBytes === undefined ? 0 : Math.abs(Math.log((job.sizeBytes + 1_000) / (sizeBytes + 1_000)));
  return [...history]
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, neighbours)
    .map((job) => job.durationMs)
    .sort((a, b) => a - b);
}

/** The middle of sorted numbers; `undefined` when there are none. */
export function median(sorted: readonly number[]): number | undefined {
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle];
  return sorted.length === 0 ? undefined : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** From here on a job's own pace counts as much as its history, percent gained. */
const paceFrom = 10;

/**
 * Milliseconds left: the mean of what the likely durations leave at this point (of those that are longer than the
 * time the job has taken) and what its own pace since `startPercent`, where this attempt began, says. Once it takes
 * longer than all of them, by its pace alone. `null` while nothing is known.
 */
export function etaMs(
  likely: readonly number[],
  elapsedMs: number,
  percent: number,
  startPercent: number,
): number | null {
  if (likely.length === 0) return null;
  // An attempt that goes on from 60 % has the last part of such a job before it.
  const share = (100 - startPercent) / 100;
  const byHistory = median(
    likely.map((durationMs) => durationMs * share - elapsedMs).filter((leftMs) => leftMs > 0),
  );
  const gained = percent - startPercent;
  const byPace = gained > 0 ? (elapsedMs * (100 - percent)) / gained : undefined;
  if (byHistory === undefined) return byPace === undefined ? null : Math.round(byPace);
  if (byPace === undefined || gained < paceFrom) return Math.round(byHistory);
  return Math.round((byHistory + byPace) / 2);
}
