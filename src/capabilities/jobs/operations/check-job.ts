import { checkJobInput, checkJobOutput } from '../contract/index.ts';
import { jobErrors } from '../errors.ts';
import { standingInWords, stateOf } from '../job-view.ts';
import type { PolledJob } from '../store/job.ts';
import { hasEnded } from '../transitions.ts';
import { jobOperation, type JobDeps } from './job-deps.ts';
import { waitForNews } from './wait-for-news.ts';

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
      job = await waitForNews(deps.jobs, job, waitSeconds * 1_000, call.signal, (now) => {
        const message = standingInWords(stateOf(now, clock.now(), leases), clock.now());
        call.progress?.({ percent: now.progress.percent, message });
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
