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

/** From here on a job's own pace counts beside its history, percent gained. */
const paceFrom = 10;

/** How much it counts then: less than half, since a model that writes at once is at 80 % in its first second. */
const paceShare = 0.4;

/** Under this nobody tells durations apart, milliseconds. */
const shortestMs = 1_000;

/** Least scale of the likely durations' logarithms: nine jobs are few, and seldom as alike as they look. */
const leastScale = 0.15;

/**
 * Milliseconds left: between what the likely durations leave to a job that has lasted so long, and what its own pace since
 * `startPercent`, where this attempt began, says. Once it has outlived their middle the larger of the two: a bar near its
 * end creeps, and says too little. `null` without history.
 */
export function etaMs(
  likely: readonly number[],
  elapsedMs: number,
  percent: number,
  startPercent: number,
): number | null {
  const middleMs = median(likely);
  if (middleMs === undefined) return null;
  // An attempt that goes on from 60 % has the last part of such a job before it.
  const expectedMs = Math.max(shortestMs, middleMs * ((100 - startPercent) / 100));
  const byHistory = leftMs(expectedMs, scaleOf(likely, middleMs), elapsedMs);
  const gained = percent - startPercent;
  const byPace = gained > 0 ? (elapsedMs * (100 - percent)) / gained : 0;
  if (elapsedMs > expectedMs) return Math.round(Math.max(byHistory, byPace));
  return Math.round(gained < paceFrom ? byHistory : byHistory + (byPace - byHistory) * paceShare);
}

/** How far apart durations lie: the scale of the log-logistic distribution with this mean distance from its middle. */
function scaleOf(likely: readonly number[], middleMs: number): number {
  const logOf = (ms: number) => Math.log(Math.max(shortestMs, ms));
  const distances = likely.map((ms) => Math.abs(logOf(ms) - logOf(middleMs)));
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / likely.length;
  return Math.max(leastScale, mean / (2 * Math.LN2));
}

/**
 * The median of what is left to those that last this long, durations being log-logistic: at first what is missing to the
 * middle, far beyond it a share of the time gone. Who has outlived the middle by far is none of these jobs, and has at
 * least half of the excess before it: what is left grows as long as nothing happens.
 */
function leftMs(expectedMs: number, scale: number, elapsedMs: number): number {
  const ratio = elapsedMs / expectedMs;
  // Two forms of one formula, so that no power overflows.
  const total =
    ratio <= 1
      ? expectedMs * (1 + 2 * ratio ** (1 / scale)) ** scale
      : elapsedMs * (2 + ratio ** (-1 / scale)) ** scale;
  return Math.max(total - elapsedMs, (elapsedMs - expectedMs) / 2);
}
