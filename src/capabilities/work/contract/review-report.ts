import { z } from 'zod';
import { jobFailure, jobId, jobStatus, tokensUsed } from '../../jobs/contract/index.ts';
import { finding, reviewData } from './finding.ts';

export const reviewReportInput = z.object({ job_id: jobId });

/** A review with its findings as data: what `ask --json` prints. */
export const reviewReport = z.object({
  job_id: z.string().describe('Job id.'),
  status: jobStatus.describe('State of the job.'),
  persona: z.string().describe('Who reviewed.'),
  model: z.string().describe('Which model answered.'),
  offline: z.boolean().describe('Whether the offline reviewer answered: rules and structure only.'),
  offline_because: reviewData.shape.offline_because,
  judged: z.boolean().describe(`${reviewData.shape.judged.description} False before the review is complete.`),
  task: z.string().describe('What was asked.'),
  scope: z.string().nullable().describe('What was looked at, in words; null before the review is complete.'),
  summary: z
    .string()
    .nullable()
    .describe("The persona's own words, Markdown; null before the review is complete."),
  result: z.string().nullable().describe('The review, Markdown; null unless complete.'),
  partial_result: z.string().nullable().describe('What there was when the job failed or was cancelled.'),
  error: jobFailure.nullable().describe('Why the job failed.'),
  duration_seconds: z
    .number()
    .min(0)
    .nullable()
    .describe('Seconds its last attempt took; null until it ended.'),
  tokens_used: tokensUsed.describe('Tokens over all turns.'),
  cost_usd: z.number().min(0).nullable().describe('Cost by the price table.'),
  findings: z.array(finding).describe('Worst first; those whose place could not be verified come last.'),
  proposals: reviewData.shape.proposals,
  files_in_scope: reviewData.shape.files_in_scope
    .nullable()
    .describe('Text files in scope; null before the review is complete.'),
  files_looked_at: reviewData.shape.files_looked_at
    .nullable()
    .describe(`${reviewData.shape.files_looked_at.description} Null before the review is complete.`),
  skipped: reviewData.shape.skipped,
  left_out: reviewData.shape.left_out,
  notes: reviewData.shape.notes,
  provenance: reviewData.shape.provenance,
});
export type ReviewReport = z.infer<typeof reviewReport>;
