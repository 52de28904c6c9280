import { z } from 'zod';
import { leftOut } from './left-out.ts';
import { severity } from './severity.ts';

/** One claim of a review, as data. */
export const finding = z.object({
  file: z
    .string()
    .describe('Project-relative path, forward slashes; `(context).ts` for code that was given as context.'),
  line: z.int().min(1).describe('First line of the offending expression, from 1.'),
  severity: severity.describe('critical, high, medium or low.'),
  rule: z
    .string()
    .nullable()
    .describe('Rule of the analyzer that found or supports it; null for a claim without one.'),
  title: z.string().describe('What is wrong, in a few words.'),
  quote: z
    .string()
    .describe('The line as it stands in the file, secrets in it masked as `[redacted: <kind>]`.'),
  why: z.string().describe('What goes wrong, and for whom.'),
  remedy: z.string().describe('What to write instead.'),
  place_verified: z
    .boolean()
    .describe('The file exists, or a diff in the context makes it, and the quote stands at this line.'),
  standard: z
    .string()
    .nullable()
    .describe(
      'Approved or shipped standard it departs from, as a citation with file and line; null for none.',
    ),
  evidence: z.string().nullable().describe('What supports the claim beside its place; null: claimed only.'),
  fingerprint: z.string().describe('Same finding, same fingerprint, also after the line has moved.'),
});
export type Finding = z.infer<typeof finding>;

/** A standard that a job proposed; a person decides about it. */
export const proposedStandard = z.object({
  request_number: z.int().min(1).describe('Number in the inbox.'),
  proposal_id: z.string().describe('Id of the proposal.'),
  revision: z.int().min(1).describe('From 1.'),
  standard: z.string().describe('What it would be: domain/topic.'),
  title: z.string().describe('Its title.'),
  places: z
    .array(
      z.object({
        file: z.string().describe('Project-relative path.'),
        line: z.int().min(1).describe('From 1.'),
      }),
    )
    .describe('Places it was derived from, each verified.'),
  flagged_now: z.int().min(0).describe('Places of this review that its check flags.'),
});
export type ProposedStandard = z.infer<typeof proposedStandard>;

/** Why no language model answered. */
export const offlineReason = z.enum(['no_model', 'untrusted_persona']);
export type OfflineReason = z.infer<typeof offlineReason>;

/** A review as data, beside its Markdown. */
export const reviewData = z.object({
  persona: z.string().describe('Who reviewed.'),
  task: z.string().describe('What was asked.'),
  scope: z.string().describe('What was looked at, in words.'),
  model: z.string().describe('Which model answered.'),
  offline: z.boolean().describe('Whether the offline reviewer answered: rules and structure only.'),
  offline_because: offlineReason
    .nullable()
    .describe('Why the offline reviewer answered: no model is set, or nobody has trusted the persona yet.'),
  reviewed: z.boolean().describe('Whether code was looked at; false for a question, which gets words only.'),
  judged: z
    .boolean()
    .describe(
      'Whether anything was judged: a language model answered in full, or rules ran over at least one file, and neither a changed file of a diff nor an ignored one that the task names was left out.',
    ),
  files_in_scope: z.int().min(0).describe('Text files in scope.'),
  files_looked_at: z
    .int()
    .min(0)
    .describe('Those of them that were not skipped; which of them a language model read, its steps say.'),
  summary: z.string().describe("The persona's own words, Markdown."),
  findings: z.array(finding).describe('Verified in place, worst first.'),
  unplaced: z.array(finding).describe('Claims whose place could not be verified.'),
  proposals: z.array(proposedStandard).describe('Standards proposed to a person.'),
  skipped: z
    .array(
      z.object({
        file: z.string().describe('Project-relative path.'),
        reason: z.string().describe('Why it was not looked at.'),
      }),
    )
    .describe('Files in scope that were not looked at.'),
  left_out: z.array(leftOut).describe('What was found and a comment in the code leaves out.'),
  notes: z.array(z.string()).describe('What was cut, redacted, overridden or could not be judged.'),
  provenance: z
    .array(
      z.object({
        part: z.string().describe('Part of the instructions.'),
        source: z.string().describe('Where it came from.'),
        tokens: z.int().min(0).describe('Its size in tokens.'),
        cut: z.boolean().describe('Whether it was cut to fit.'),
      }),
    )
    .describe('What the model was told, part by part.'),
});
export type ReviewData = z.infer<typeof reviewData>;
