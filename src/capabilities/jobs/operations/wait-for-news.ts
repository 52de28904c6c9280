import { waitForChange } from '../../../platform/events/index.ts';
import { jobErrors } from '../errors.ts';
import type { PolledJob } from '../store/job.ts';
import { hasEnded } from '../transitions.ts';
import type { JobDeps } from './job-deps.ts';

/** A caller that waits pays a turn for each answer: before this a new phase is told as progress, not as the answer. */
const phaseNewsAfterMs = 10_000;

/** Longest silence towards whoever waits, milliseconds: five seconds are promised, and a busy machine is late. */
const tellEveryMs = 4_000;

/**
 * Waits until the job has ended, has entered another phase, or the time is over, and resolves to how it stands then. Tells
 * each new standing, and after `tellEveryMs` without one where the job stands still.
 * Errors: `jobs.not_found` where the job was deleted meanwhile.
 */
export async function waitForNews(
  { store, database, bus, clock, pollMs }: JobDeps['jobs'],
  first: PolledJob,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  tell: (job: PolledJob) => void,
): Promise<PolledJob> {
  const startedAt = clock.monotonicMs();
  const until = startedAt + timeoutMs;
  let toldAt = startedAt;
  let job = first;
  for (;;) {
    const heard = new AbortController();
    const unsubscribe = bus.subscribe((event) => {
      if (event.entityId === job.id) heard.abort(new Error('the job has changed'));
    });
    try {
      const marker = await database.changeMarker();
      const now = await store.getState(job.id);
      if (now === undefined) throw jobErrors.make('jobs.not_found', { jobId: job.id });
      const atMs = clock.monotonicMs();
      if (differs(job, now) || atMs - toldAt >= tellEveryMs) {
        tell(now);
        toldAt = atMs;
      }
      const news = hasEnded(now.status) || (atMs - startedAt >= phaseNewsAfterMs && isInNewPhase(now, first));
      job = now;
      const leftMs = until - atMs;
      if (news || leftMs <= 0 || signal?.aborted === true) return job;
      await waitForChange(database, {
        marker,
        timeoutMs: Math.min(leftMs, toldAt + tellEveryMs - atMs),
        pollMs,
        clock,
        signal: either(heard.signal, signal),
      });
    } finally {
      unsubscribe();
    }
  }
}

function isInNewPhase(now: PolledJob, before: PolledJob): boolean {
  return now.status === 'running' && now.progress.phase !== before.progress.phase;
}

function either(a: AbortSignal, b: AbortSignal | undefined): AbortSignal {
  return b === undefined ? a : AbortSignal.any([a, b]);
}

function differs(before: PolledJob, now: PolledJob): boolean {
  return (
    before.status !== now.status ||
    before.progress.percent !== now.progress.percent ||
    before.progress.message !== now.progress.message
  );
}
