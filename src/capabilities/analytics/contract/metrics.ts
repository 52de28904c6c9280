import { z } from 'zod';
import { jobStatuses } from '../../jobs/contract/index.ts';

const count = z.int().min(0);

export const metricsInput = z.object({});

export const metricsOutput = z.object({
  generated_at: z.iso.datetime().describe('When the figures were read.'),
  total_invocations: count.describe('Jobs that are stored.'),
  invocations_by_persona: z
    .array(
      z.object({
        persona: z.string().describe('Persona.'),
        total: count.describe('Its jobs.'),
        by_status: z
          .object(
            Object.fromEntries(
              jobStatuses.map((status) => [status, count.describe(`Jobs that are ${status}.`)]),
            ) as Record<(typeof jobStatuses)[number], z.ZodInt>,
          )
          .describe('Its jobs in each state.'),
        duration_p50_seconds: z
          .number()
          .min(0)
          .nullable()
          .describe('Half of its complete jobs took at most this long, seconds; null without any.'),
        duration_p95_seconds: z
          .number()
          .min(0)
          .nullable()
          .describe('19 of 20 complete jobs took at most this long, seconds; null without any.'),
        tokens_input: count.describe('Tokens sent to models.'),
        tokens_output: count.describe('Tokens received from models.'),
        cost_usd: z
          .number()
          .min(0)
          .describe('US dollars by the price table; a price it does not know counts as its dearest.'),
      }),
    )
    .describe('By name of the persona.'),
  models: z
    .array(
      z.object({
        model: z.string().describe('Model, or the offline reviewer.'),
        invocations: count.describe('Its jobs.'),
        tokens_input: count.describe('Tokens sent to it.'),
        tokens_output: count.describe('Tokens received from it.'),
        cost_usd: z
          .number()
          .min(0)
          .describe('US dollars by the price table; a price it does not know counts as its dearest.'),
      }),
    )
    .describe('By name of the model.'),
  tokens: z
    .object({ input: count.describe('Sent, in all.'), output: count.describe('Received, in all.') })
    .describe('Tokens over all jobs.'),
  cost_usd: z.number().min(0).describe('US dollars over all jobs, by the price table.'),
  created_per_day: z
    .array(
      z.object({
        day: z.iso.date().describe('Day in UTC.'),
        invocations: count.describe('Jobs created on it.'),
      }),
    )
    .describe('The last 30 days, today included, oldest first; days without a job are 0.'),
  standards: z
    .object({
      files: count.describe('Standards in .agent-os/standards.'),
      approved: count.describe('Of these, approved in exactly their present text.'),
      retired: count.describe('Of these, retired.'),
      created: count.describe('Of these, created in the last 30 days.'),
      searches: count.describe('Searches in the last 30 days, by whoever.'),
      searches_without_hit: count.describe('Of these, searches that found nothing.'),
      searches_per_day: z.number().min(0).describe('Mean of the last 30 days.'),
      searches_by_personas: count.describe('Searches that personas made in stored jobs.'),
      most_found: z
        .array(
          z.object({
            standard: z.string().describe('Standard.'),
            times: count.describe('Searches that returned it in the last 30 days.'),
          }),
        )
        .describe('The ten found most often, of all layers.'),
      never_found: z
        .array(z.string())
        .describe(
          'Standards of the project that no search of these days returned, though there were 30 days to.',
        ),
      too_new: z
        .array(z.string())
        .describe(
          'Standards of the project that no search returned yet, approved, updated or counted for less than 30 days.',
        ),
    })
    .describe('Standards and the search over them.'),
});
export type Metrics = z.infer<typeof metricsOutput>;
