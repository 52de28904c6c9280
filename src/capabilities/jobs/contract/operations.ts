import { z } from 'zod';
import { jobId, jobPhase, jobState, jobStatus, jobSummary } from './job.ts';

export const checkJobInput = z.object({
  job_id: jobId,
  wait_seconds: z
    .number()
    .min(0)
    .max(50)
    .default(0)
    .describe('Wait up to this long for the end. 0 answers at once.'),
});
/** What `jobs.check` answers: the job's state. */
export const checkJobOutput = jobState;

export const listJobsInput = z.object({
  status: jobStatus.optional().describe('Only jobs in this state.'),
  persona: z.string().max(64).optional().describe('Only jobs of this persona, also one deleted since.'),
  limit: z.int().min(1).max(100).default(10).describe('At most this many, newest first.'),
  before: jobId.optional().describe('Only jobs older than this one, by id or its end: the next page.'),
});
export const listJobsOutput = z.object({
  jobs: z.array(jobSummary).describe('Newest first.'),
  total_count: z.int().min(0).describe('All jobs of the project.'),
  filtered_count: z.int().min(0).describe('Jobs that match the filter.'),
  next_before: z.string().nullable().describe('Pass as `before` for the next page; null at the end.'),
});

export const cancelJobInput = z.object({ job_id: jobId });
export const cancelJobOutput = z.object({
  status: z.enum(['cancelled', 'already_finished']).describe('What this call did.'),
  job_id: z.string().describe('Job id.'),
  job_status: jobStatus.describe('State after the call.'),
  partial_result: z.string().nullable().describe('What the job had written so far.'),
  message: z.string().describe('The same in words.'),
});

export const retryJobInput = z.object({ job_id: jobId });
export const retryJobOutput = z.object({
  status: z.literal('started').describe('Always "started".'),
  new_job_id: z.string().describe('The new job.'),
  retry_of: z.string().describe('The job it goes on from; that one stays as it ended.'),
  steps_reused: z.int().min(0).describe('Finished steps taken over; they are not paid for again.'),
  message: z.string().describe('The same in words.'),
});

export const statsInput = z.object({});
export const statsOutput = z.object({
  database_size_mb: z.number().min(0).describe('Size on disk, MB.'),
  total_jobs: z.int().min(0).describe('All jobs.'),
  jobs_by_status: z
    .object({
      pending: z.int().min(0).describe('Waiting.'),
      running: z.int().min(0).describe('Being worked on.'),
      complete: z.int().min(0).describe('Finished.'),
      failed: z.int().min(0).describe('Ended with an error.'),
      cancelled: z.int().min(0).describe('Stopped by someone.'),
    })
    .describe('Jobs in each state.'),
  oldest_job_days: z.number().min(0).describe('Age of the oldest job, days.'),
  last_cleanup: z.iso.datetime().nullable().describe('When ended jobs were last cleaned up; null if never.'),
  next_cleanup: z.iso.datetime().describe('When ended jobs are next cleaned up.'),
  cleanup_recommendation: z
    .enum(['healthy', 'soon', 'recommended', 'urgent'])
    .describe('By size: under 50 MB, under 100, under 150, above.'),
  retention_days: z
    .object({
      complete: z.number().min(0).describe('Days a complete job is kept.'),
      failed: z.number().min(0).describe('Days a failed job is kept.'),
      cancelled: z.number().min(0).describe('Days a cancelled job is kept.'),
    })
    .describe('Retention in force.'),
});

export const resetJobsInput = z.object({
  confirm: z.boolean().default(false).describe('Must be true: this deletes all ended jobs.'),
});
export const resetJobsOutput = z.object({
  status: z.literal('reset').describe('Always "reset".'),
  jobs_deleted: z.int().min(0).describe('Jobs deleted.'),
  jobs_kept: z.int().min(0).describe('Waiting and running jobs, which are kept.'),
  space_freed_mb: z.number().min(0).describe('Disk space freed, MB.'),
  message: z.string().describe('The same in words.'),
});

export const showStepsInput = z.object({
  job_id: jobId,
  after: z.int().min(0).max(1_000_000).default(0).describe('Only steps after this number: the next page.'),
  limit: z.int().min(1).max(200).default(50).describe('At most this many.'),
});
export const showStepsOutput = z.object({
  job_id: z.string().describe('Job id.'),
  steps: z
    .array(
      z.object({
        number: z.int().min(1).describe('From 1, in order.'),
        kind: z.enum(['turn', 'tool']).describe('Model turn or tool call.'),
        name: z.string().describe('Model or tool.'),
        summary: z.string().describe('One line.'),
        phase: jobPhase.describe('Phase it belongs to.'),
        tokens_input: z.int().min(0).describe('Tokens in.'),
        tokens_output: z.int().min(0).describe('Tokens out.'),
        at: z.iso.datetime().describe('When it finished.'),
      }),
    )
    .describe('Oldest first.'),
  next_after: z.int().min(1).nullable().describe('Pass as `after` for the next page; null at the end.'),
});
