import type { Job } from './store/job.ts';

/** When a worker must have been heard; the settings `jobs.lease_ms` and `jobs.heartbeat_ms`. */
export interface LeaseTimes {
  leaseMs: number;
  heartbeatMs: number;
}

/** Half a heartbeat more is no silence: a busy machine is late. */
const patience = 1.5;

/**
 * What a job that is said to run tells of a worker that is no longer heard, as after `kill -9`: nothing while it is.
 * The lease is extended with each sign of life, so its end tells when the last one was. `now` is milliseconds since 1970.
 */
export function silenceOf(
  { status, leaseUntil }: Pick<Job, 'status' | 'leaseUntil'>,
  now: number,
  { leaseMs, heartbeatMs }: LeaseTimes,
): { silent_seconds?: number; takeover_in_seconds?: number } {
  if (status !== 'running' || leaseUntil === null) return {};
  const silentMs = now - (leaseUntil - leaseMs);
  if (silentMs <= heartbeatMs * patience) return {};
  return {
    silent_seconds: Math.round(silentMs / 1_000),
    takeover_in_seconds: Math.ceil(Math.max(0, leaseUntil - now) / 1_000),
  };
}
