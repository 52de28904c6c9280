import { counted } from '../../../kernel/index.ts';
import { resetJobsInput, resetJobsOutput } from '../contract/index.ts';
import { jobErrors } from '../errors.ts';
import { jobOperation } from './job-deps.ts';

const bytesPerMb = 1_048_576;

export const resetJobs = jobOperation({
  name: 'jobs.reset',
  summary: 'Delete all ended jobs and their results. Waiting and running jobs are kept. Needs confirm: true.',
  input: resetJobsInput,
  output: resetJobsOutput,
  doors: { mcp: 'reset_persona_jobs', cli: 'jobs reset' },
  policy: { effect: 'destructive', idempotent: true },
  errors: ['jobs.confirmation_required'],
  async handler({ confirm }, { deps }) {
    const { store, project, retention } = deps.jobs;
    if (!confirm) {
      throw jobErrors.make('jobs.confirmation_required', { endedJobs: await retention.countAllEnded() });
    }
    const { jobsDeleted, freedBytes } = await retention.deleteAllEnded();
    const kept = await store.count({ project });
    const freedMb = Math.round((freedBytes / bytesPerMb) * 100) / 100;
    return {
      status: 'reset' as const,
      jobs_deleted: jobsDeleted,
      jobs_kept: kept,
      space_freed_mb: freedMb,
      message: `${counted(jobsDeleted, 'ended job')} deleted, ${freedMb} MB freed; ${counted(kept, 'waiting or running job')} kept.`,
    };
  },
});
