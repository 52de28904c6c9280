import { waitForChange } from '../../../platform/events/index.ts';
import { checkJobInput, checkJobOutput } from '../contract/index.ts';
import { jobErrors } from '../errors.ts';
import { stateOf } from '../job-view.ts';
import type { PolledJob } from '../store/job.ts';
import { hasEnded } from '../transitions.ts';
import { jobOperation, type JobDeps } from './job-deps.ts';

export const checkJob = jobOperation({
  name: 'jobs.check',
  summary:
    'State of a persona job: progress while it runs, the review when it is complete. With wait_seconds it answers when the job ends, or after 10 seconds when it enters a new phase.',
  input: checkJobInput,
  output: checkJobOutput,
  doors: { mcp: 'check_persona_job', cli: 'jobs show' },
  policy: { effect: 'read', idempotent: true },
  errors: ['jobs.not_found', 'jobs.ambiguous_id'],
  async handler({ job_id, wait_seconds: waitSeconds }, { deps, call }) {
    const { store, clock, leases } = deps.jobs;
    let job = await readJob(deps, job_id);
    if (waitSeconds > 0 && !hasEnded(job.status)) {
      job = await waitForNews(deps, job, waitSeconds * 1_000, call.signal, (now) => {
        call.progress?.({ percent: now.progress.percent, message: now.progress.message });
      });
    }
    const position = job.status === 'pending' ? await store.queuePosition(job) : undefined;
    return stateOf(job, clock.now(), leases, position);
  },
});

async function readJob(deps: JobDeps, idOrEnding: string): Promise<PolledJob> {
  const { store, project } = deps.jobs;
  // A full id is read at once; only a short one needs a search first.
  const known = await store.getState(idOrEnding);
  if (known !== undefined && known.project === project) return known;
  const job = await store.getState(await store.resolveId(project, idOrEnding));
  if (job === undefined) throw jobErrors.make('jobs.not_found', { jobId: idOrEnding });
  return job;
}

/** A caller that waits pays a turn for each answer: before this a new phase is told as progress, not as the answer. */
const phaseNewsAfterMs = 10_000;

/** Waits until the job has ended, has entered another phase, or the time is over; tells each new standing. */
async function waitForNews(
  deps: JobDeps,
  first: PolledJob,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  tell: (job: PolledJob) => void,
): Promise<PolledJob> {
  const { store, database, bus, clock, pollMs } = deps.jobs;
  const startedAt = clock.monotonicMs();
  const until = startedAt + timeoutMs;
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
      if (differs(job, now)) tell(now);
      const waitedMs = clock.monotonicMs() - startedAt;
      const news = hasEnded(now.status) || (waitedMs >= phaseNewsAfterMs && isInNewPhase(now, first));
      job = now;
      const leftMs = until - clock.monotonicMs();
      if (news || leftMs <= 0 || signal?.aborted === true) return job;
      await waitForChange(database, {
        marker,
        timeoutMs: leftMs,
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
  return before.progress.percent !== now.progress.percent || before.progress.message !== now.progress.message;
}
