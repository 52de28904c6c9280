import { z } from 'zod';

/** States of a request. `changes-asked` waits for a new revision. */
export const approvalStatuses = ['waiting', 'changes-asked', 'approved', 'rejected', 'withdrawn'] as const;

/** One of `approvalStatuses`. */
export type ApprovalStatus = (typeof approvalStatuses)[number];

/** What became of an approved request: under way, done, or failed with a reason and done again when asked. */
export const approvalOutcomes = ['pending', 'done', 'failed'] as const;

/** One of `approvalOutcomes`. */
export type ApprovalOutcome = (typeof approvalOutcomes)[number];

/** How a person names a request. */
export const inboxNumber = z
  .string()
  .min(1)
  .max(40)
  .describe('Number of the request in the inbox, such as 1, or its id.');

/** A person's answer, as it is stored and shown. */
export const decisionView = z.object({
  decision: z.enum(['approve', 'reject', 'ask-changes']).describe('What was decided.'),
  revision: z.int().min(1).describe('Revision it was decided on, from 1.'),
  text_hash: z.string().describe('SHA-256 of the text it was decided on, 64 hex digits.'),
  by: z.string().describe('Who decided: account name on this machine.'),
  channel: z.string().describe('How: terminal, or elicitation:<client>.'),
  because: z.string().nullable().describe('The reason given, if any.'),
  at: z.string().describe('When, ISO 8601 in UTC.'),
});

/** One text of a request, as it is listed. */
export const revisionView = z.object({
  revision: z.int().min(1).describe('From 1.'),
  by: z.string().describe('Persona or person that wrote it.'),
  at: z.string().describe('When, ISO 8601 in UTC.'),
  text_hash: z.string().describe('SHA-256 of its text, 64 hex digits.'),
  because: z
    .string()
    .nullable()
    .describe('What a person wanted changed in the revision before; null where nobody asked for a change.'),
});

/** A request as it is listed. */
export const approvalRequestView = z.object({
  number: z.int().min(1).describe('Short number, unique in the project, never used again.'),
  request_id: z.string().describe('Full id.'),
  kind: z.string().describe('What is asked for, such as standard.'),
  what: z.string().describe('What is asked for, in words.'),
  from: z.string().describe('Who asks: a persona or a person.'),
  status: z.enum(approvalStatuses).describe('State of the request.'),
  revision: z.int().min(1).describe('Newest revision, from 1.'),
  text_hash: z.string().describe('SHA-256 of the newest revision, 64 hex digits.'),
  outcome: z.enum(approvalOutcomes).nullable().describe('What became of it once approved.'),
  outcome_message: z.string().nullable().describe('What was done, or why it could not be done yet.'),
  created_at: z.string().describe('When it was asked, ISO 8601 in UTC.'),
  updated_at: z.string().describe('When it last changed, ISO 8601 in UTC.'),
});

/** A request as it is listed. */
export type ApprovalRequestView = z.output<typeof approvalRequestView>;
