import { z } from 'zod';

export const checkInput = z.object({
  paths: z
    .array(z.string().min(1).max(4_096))
    .max(1_000)
    .optional()
    .describe('Files and folders; left out: everything.'),
  diff: z
    .string()
    .min(1)
    .max(20_000_000)
    .optional()
    .describe('Unified diff that is applied here: only lines it adds.'),
  staged: z.boolean().default(false).describe('Only what git has staged.'),
  base: z.string().min(1).max(200).optional().describe('Git revision: only lines changed since.'),
  standards: z.array(z.string().min(1).max(200)).max(50).optional().describe('Only these ids.'),
  rules_only: z.boolean().default(false).describe('No persona reads what no rule can check.'),
  limit: z.int().min(1).max(10_000).default(50).describe('Most findings.'),
  after: z.int().min(0).max(1_000_000).default(0).describe('Findings to pass over: next_after.'),
});
export type CheckInput = z.infer<typeof checkInput>;

/** A place that departs from a standard. */
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

const withReason = <Name extends string>(name: Name, what: string) =>
  z.object({
    [name]: z.string().describe(what),
    reason: z.string().describe('Why, in words.'),
  } as Record<Name | 'reason', z.ZodString>);

export const checkOutput = z.object({
  findings: z.array(standardFinding).describe('By file and line.'),
  findings_total: z.int().min(0).describe('With those of other pages.'),
  next_after: z.int().min(0).nullable().describe('Where the next page begins; null at the end.'),
  checked: z
    .array(
      z.object({
        standard: z.string().describe('Id of the standard.'),
        file: z.string().describe('Its file.'),
        files: z.int().min(0).describe('Files looked at.'),
      }),
    )
    .describe('Standards checked.'),
  not_checked: z
    .array(withReason('standard', 'Id or file of the standard.'))
    .describe('Standards that apply and were not, or only partly, checked.'),
  skipped: z
    .array(withReason('file', 'Project-relative path.'))
    .describe('Files not looked at; at most 100.'),
  suppressed: z
    .array(
      z.object({
        file: z.string().describe('Project-relative path.'),
        line: z.int().min(1).describe('Line, from 1.'),
        standard: z.string().describe('Id of the standard.'),
        reason: z.string().describe('What the comment says.'),
      }),
    )
    .describe('Left out by a comment in the code.'),
  job_id: z.string().nullable().describe('Job of the persona that reads the rest; null without one.'),
  message: z.string().describe('The outcome in words.'),
});
export type CheckOutput = z.infer<typeof checkOutput>;
