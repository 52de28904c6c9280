import type { JobStore } from '../store/job-store.ts';

/** More than this between two beats, in heartbeats: the machine slept, this process stood still, or the clock was set. */
const lateFrom = 2;

/**
 * Takes back jobs whose lease ran out, once at each heartbeat. Where the time since the last beat cannot be that of a
 * heartbeat, leases of living workers look run out too, until each has beaten again: then none is taken back before the
 * beat after.
 */
export function leaseWatch(
  store: JobStore,
  settings: { heartbeatMs: number; maxAttempts: number },
): (project: string, now: number) => Promise<void> {
  let lastBeatAt: number | undefined;
  let waited = false;
  return async (project, now) => {
    const sinceMs = now - (lastBeatAt ?? now);
    lastBeatAt = now;
    waited = !waited && (sinceMs < 0 || sinceMs > lateFrom * settings.heartbeatMs);
    if (!waited) await store.takeBackExpired(project, now, settings.maxAttempts);
  };
}
