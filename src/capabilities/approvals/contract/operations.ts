import { z } from 'zod';
import { approvalRequestView, decisionView, inboxNumber, revisionView } from './approval.ts';

const revision = z
  .int()
  .min(1)
  .max(1_000)
  .optional()
  .describe('Revision that was shown; refused when there is a newer one.');

const textHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be the 64 hex digits of text_hash')
  .optional()
  .describe('SHA-256 of the text that was shown, 64 hex digits; refused when the text is another.');

// Needed, but a flag: what a schema requires is a word of the command line.
const because = z
  .string()
  .trim()
  .max(2_000)
  .optional()
  .describe('Reason in words, 1 to 2,000 characters; needed.');

export const listInboxInput = z.object({
  all: z.boolean().default(false).describe('Also what is decided and done.'),
  limit: z.int().min(1).max(200).default(50).describe('At most this many.'),
  before: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .describe('Only requests with a smaller number: next_before of the page before.'),
});

export const inboxOutput = z.object({
  requests: z
    .array(
      approvalRequestView.extend({
        age_seconds: z.int().min(0).describe('Time since it was asked, seconds.'),
        hints: z
          .array(z.string())
          .describe('Of note before deciding, in a few words each; `inbox show` has it in full.'),
      }),
    )
    .describe('Newest first.'),
  waiting_count: z.int().min(0).describe('Requests that wait for a person, in all.'),
  next_before: z.int().min(1).nullable().describe('Give it as before for the next page; null at the end.'),
});

export const showInput = z.object({
  number: inboxNumber,
  revision: z.int().min(1).max(1_000).optional().describe('Revision to show instead of the newest, from 1.'),
});

export const showOutput = z.object({
  request: approvalRequestView.describe('The request.'),
  revision: z.int().min(1).describe('Revision that is shown, from 1.'),
  text: z.string().describe('The exact text of this revision.'),
  notes: z.array(z.string()).describe('What a person should know before deciding, one line each.'),
  revisions: z.array(revisionView).describe('Every revision there is, oldest first.'),
  decisions: z.array(decisionView).describe('Answers so far, oldest first.'),
  shown_before: z.boolean().describe('Whether this revision had been shown to this person before this call.'),
});

export const approveInput = z.object({ number: inboxNumber, revision, text_hash: textHash });

export const approveOutput = z.object({
  request: approvalRequestView.describe('The request after the call.'),
  message: z.string().describe('What was done, or why it is not done yet and how it will be.'),
});

export const editInput = z.object({
  number: inboxNumber,
  text: z.string().optional().describe('The whole text as the person wants it; without it the editor opens.'),
  act: z
    .enum(['approve', 'store', 'check'])
    .optional()
    .describe(
      'What is done with the text: approve it (without this), store it as the next revision, which waits, or check it.',
    ),
  revision,
});

export const reviseInput = z.object({ number: inboxNumber, because, revision });

export const reviseOutput = z.object({
  request: approvalRequestView.describe('The request after the call.'),
  job_id: z.string().nullable().describe('Job of the persona that revises it; null when a person must.'),
  message: z.string().describe('What happens next.'),
});

export const rejectInput = z.object({ number: inboxNumber, because, revision });

export const rejectOutput = z.object({
  request: approvalRequestView.describe('The request after the call.'),
  message: z.string().describe('What was decided.'),
});
