import type { Clock } from '../../kernel/index.ts';

export interface SteppedClock extends Clock {
  /** Moves time on and wakes whoever is due, earliest first. */
  step(ms: number): void;
  /** Resolves when somebody begins, or has begun, to sleep this long. */
  sleeping(matches: (ms: number) => boolean): Promise<number>;
}

/** A clock that stands still until it is stepped; with `skipsSleep` every sleep moves it on at once. */
export function steppedClock(options: { startMs?: number; skipsSleep?: boolean } = {}): SteppedClock {
  const { startMs = Date.UTC(2026, 10, 21), skipsSleep = false } = options;
  const sleepers = new Set<{ at: number; ms: number; wake: () => void }>();
  const waiting: { matches: (ms: number) => boolean; resolve: (ms: number) => void }[] = [];
  let now = 0;

  return {
    now: () => startMs + now,
    monotonicMs: () => now,
    sleep(ms, { signal } = {}) {
      if (skipsSleep) {
        now += ms;
        return Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error);
        const sleeper = { at: now + ms, ms, wake: resolve };
        sleepers.add(sleeper);
        const onAbort = () => {
          sleepers.delete(sleeper);
          reject(signal!.reason as Error);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        const index = waiting.findIndex(({ matches }) => matches(ms));
        if (index !== -1) waiting.splice(index, 1)[0]!.resolve(ms);
      });
    },
    step(ms) {
      now += ms;
      const due = [...sleepers].filter(({ at }) => at <= now).sort((left, right) => left.at - right.at);
      for (const sleeper of due) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
    sleeping(matches) {
      const found = [...sleepers].find(({ ms }) => matches(ms));
      if (found !== undefined) return Promise.resolve(found.ms);
      return new Promise((resolve) => waiting.push({ matches, resolve }));
    },
  };
}
