import { z } from 'zod';

/** Every state of a job; the last three never change again. */
export const jobStatuses = ['pending', 'running', 'complete', 'failed', 'cancelled'] as const;
export const jobStatus = z.enum(jobStatuses);
export type JobStatus = z.infer<typeof jobStatus>;

/** From last to first in the queue; each counts as five minutes of age. */
export const jobPriorities = ['low', 'normal', 'high'] as const;
export const jobPriority = z.enum(jobPriorities);
export type JobPriority = z.infer<typeof jobPriority>;

/** The checkpoints of a running job, in order; it never goes back to an earlier one. */
export const jobPhases = ['initializing', 'searching', 'analyzing', 'generating'] as const;
export const jobPhase = z.enum(jobPhases);
export type JobPhase = z.infer<typeof jobPhase>;

const timestamp = z.iso.datetime();

export const jobId = z
  .string()
  .min(1)
  .max(200)
  .describe('Job id, or the last 4 or more characters of one, if unique in the project.');

export const progress = z.object({
  phase: jobPhase.describe('Where the job is.'),
  percent_complete: z.int().min(0).max(100).describe('0 to 100; never goes back.'),
  message: z.string().describe('What is being done now.'),
  eta_seconds: z
    .number()
    .min(0)
    .nullable()
    .describe('Seconds until the end, from finished jobs; null if unknown.'),
  tool_calls_completed: z.int().min(0).describe('Tool calls finished so far.'),
});

export const tokensUsed = z.object({
  input: z.int().min(0).describe('Tokens sent to models, over all turns.'),
  output: z.int().min(0).describe('Tokens received from models, over all turns.'),
});

export const jobFailure = z.object({
  code: z.string().describe('Stable error code.'),
  message: z.string().describe('What happened.'),
  remedy: z.string().describe('What to do next.'),
});

/** Of a running job whose worker is no longer heard, as after a crash; left out while it is. */
const silence = {
  silent_seconds: z.int().min(0).optional().describe('Running: seconds its worker was not heard.'),
  takeover_in_seconds: z
    .int()
    .min(0)
    .optional()
    .describe('Then: seconds until another worker may take it up; 0 for now.'),
};

/** The state of a job as every door shows it. Fields that do not apply to the status are left out. */
export const jobState = z.object({
  status: jobStatus.describe('State now.'),
  job_id: z.string().describe('Job id.'),
  persona: z.string().describe('Persona that works on it.'),
  created_at: timestamp.describe('When it was created.'),
  message: z.string().optional().describe('Pending: what it waits for.'),
  queue_position: z.int().min(1).optional().describe('Pending: place in the queue, from 1.'),
  progress: progress.optional().describe('Running: how far it is.'),
  elapsed_seconds: z.number().min(0).optional().describe('Seconds since its newest attempt began.'),
  ...silence,
  result: z.string().optional().describe('Complete: the review, Markdown.'),
  duration_seconds: z.number().min(0).optional().describe('Ended: seconds its last attempt took.'),
  tool_calls_made: z.int().min(0).optional().describe('Ended: tool calls made.'),
  tokens_used: tokensUsed.optional().describe('Ended: tokens over all turns.'),
  cost_usd: z.number().min(0).optional().describe('Ended: cost by the price table.'),
  model: z.string().optional().describe('Which model answered.'),
  error: jobFailure.optional().describe('Failed: why.'),
  partial_result: z.string().nullable().optional().describe('Failed, cancelled: what there was.'),
  retry_of: z.string().optional().describe('The job this one goes on from.'),
});
export type JobState = z.infer<typeof jobState>;

export const jobSummary = z.object({
  job_id: z.string().describe('Job id.'),
  persona: z.string().describe('Persona.'),
  status: jobStatus.describe('State now.'),
  task: z.string().describe('Task, cut to 120 characters.'),
  created_at: timestamp.describe('When it was created.'),
  duration_seconds: z
    .number()
    .min(0)
    .nullable()
    .describe('Seconds its last attempt took; null until it ended.'),
  ...silence,
});
