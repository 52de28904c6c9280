import { isAppError, type Clock } from '../../../kernel/index.ts';

/** Pause before the second try, doubled before each further one up to the longest, milliseconds. */
const firstPauseMs = 100;
const longestPauseMs = 1_000;

/** Whether a database failed in a way that passes: it was locked, or its server was away. */
export function isPassing(thrown: unknown): boolean {
  return isAppError(thrown) && thrown.retryable && thrown.code.startsWith('database.');
}

/**
 * Tries a write again while its database is locked or away. Before each further try `isDone` is asked, since a write may
 * have been stored whose answer was lost; what it resolves to stands for the write.
 * Errors: what the write throws, the last one once `withinMs` are over since the first; the signal's reason.
 */
export async function outlast<T>(
  write: () => Promise<T>,
  options: { clock: Clock; signal: AbortSignal; withinMs: number; isDone?: () => Promise<T | undefined> },
): Promise<T> {
  const { clock, signal, withinMs, isDone } = options;
  let failedAtMs: number | undefined;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      if (failedAtMs === undefined) return await write();
      return (await isDone?.()) ?? (await write());
    } catch (error) {
      failedAtMs ??= clock.monotonicMs();
      if (!isPassing(error) || clock.monotonicMs() - failedAtMs >= withinMs) throw error;
    }
    await clock.sleep(pauseMs, { signal });
  }
}
