import { z } from 'zod';

export const checkInput = z.object({
  paths: z.array(z.string()).optional().describe('Files, folders; default all.'),
  diff: z
    .string()
    .optional()
    .describe('Unified diff or patches in turn, applied here or not: only added lines.'),
  staged: z.boolean().default(false).describe('Only what git has staged.'),
  base: z.string().optional().describe('Git revision: only changes since.'),
  standards: z.array(z.string()).optional().describe('Only these ids.'),
  rules_only: z.boolean().default(false).describe('No persona reads what no rule checks.'),
  limit: z.int().min(1).max(10_000).default(50).describe('Most findings.'),
  after: z.int().min(0).max(1_000_000).default(0).describe('Findings to pass over.'),
});
export type CheckInput = z.infer<typeof checkInput>;

/** A place that departs from a standard. One that departs from several has an entry for each. */
export const standardFinding = z.object({
  file: z.string().describe('Project-relative path, forward slashes.'),
  line: z.int().min(1).describe('First line of it, from 1.'),
  severity: z.enum(['critical', 'high', 'medium', 'low']).describe('critical, high, medium or low.'),
  standard: z.string().describe('Id of the standard.'),
  section: z.string().describe('Its section that says it.'),
  rule: z.string().nullable().describe('The rule that found it; null when a persona did.'),
  message: z.string().describe('What is wrong, and what to do instead.'),
  quote: z.string().describe('The code as it stands, secrets masked.'),
});
export type StandardFinding = z.infer<typeof standardFinding>;

/** What would be a finding, had the code no `troupe-ignore` comment for it. */
export const leftOutFinding = standardFinding.extend({
  reason: z.string().describe('What the comment gives as the reason, secrets masked.'),
});
export type LeftOutFinding = z.infer<typeof leftOutFinding>;

export const checkOutput = z.object({
  findings: z
    .array(standardFinding)
    .describe('By file and line; an entry for each standard that a line departs from.'),
  total: z.int().min(0).describe('Entries of all pages.'),
  checked: z.array(z.string()).describe('Ids of standards.'),
  not_checked: z
    .array(
      z.object({
        reason: z.string().describe('Why not, or only in part.'),
        standards: z.array(z.string()).describe('Ids or files of those that apply.'),
      }),
    )
    .describe('Standards by reason.'),
  skipped: z
    .array(
      z.object({
        file: z.string().describe('Project-relative path; with a line where it is about a part.'),
        reason: z.string().describe('Why it was not looked at, or what is wrong with that part.'),
      }),
    )
    .describe('At most 100; only where a standard could apply.'),
  left_out: z
    .array(leftOutFinding)
    .describe('What comments in the code leave out, by file and line; at most `limit`.'),
  incomplete: z
    .boolean()
    .describe(
      'Whether changes, or standards named, were left out that should have been checked: no gate should pass.',
    ),
  job_id: z.string().nullable().describe('Of the persona that reads the rest.'),
  message: z.string().describe('In words.'),
});
export type CheckOutput = z.infer<typeof checkOutput>;
