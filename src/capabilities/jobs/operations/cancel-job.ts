import { isAppError } from '../../../kernel/index.ts';
import { cancelJobInput, cancelJobOutput } from '../contract/index.ts';
import { seconds } from '../job-view.ts';
import { jobOperation } from './job-deps.ts';

export const cancelJob = jobOperation({
  name: 'jobs.cancel',
  summary: 'Stop a persona job, waiting or running. What it wrote so far is kept.',
  input: cancelJobInput,
  output: cancelJobOutput,
  doors: { mcp: 'cancel_persona_job', cli: 'jobs cancel' },
  policy: { effect: 'write', idempotent: true },
  errors: ['jobs.not_found', 'jobs.ambiguous_id'],
  async handler({ job_id }, { deps }) {
    const { store, clock, project } = deps.jobs;
    const jobId = await store.resolveId(project, job_id);
    try {
      const job = await store.cancel(jobId, clock.now());
      const unstarted = job.attempt === 0 ? 'before it started' : 'while it waited to be taken up again';
      const after = job.startedAt === null ? unstarted : `after ${seconds(job.endedAt! - job.startedAt)} s`;
      return {
        status: 'cancelled' as const,
        job_id: jobId,
        job_status: job.status,
        partial_result: job.partialResult,
        message: `Job cancelled ${after}.`,
      };
    } catch (error) {
      const job = isAppError(error, 'jobs.illegal_move') ? await store.get(jobId) : undefined;
      if (job === undefined) throw error;
      return {
        status: 'already_finished' as const,
        job_id: jobId,
        job_status: job.status,
        partial_result: job.partialResult,
        message: `The job had already ended: ${job.status}.`,
      };
    }
  },
});
