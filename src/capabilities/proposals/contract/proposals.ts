import { z } from 'zod';
import { errorCategories, lineProblem } from '../../../kernel/contract/index.ts';

/** States of a proposal, from those of its request: `approved` is decided and not written yet. */
export const proposalStates = [
  'waiting',
  'changes-asked',
  'approved',
  'written',
  'rejected',
  'withdrawn',
] as const;

/** One of `proposalStates`. */
export type ProposalState = (typeof proposalStates)[number];

/** A name as it stands before a person who decides: one line of what can be seen. */
const name = (text: z.ZodString) =>
  text.superRefine((value, context) => {
    const problem = lineProblem(value);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

export const createInput = z.object({
  domain: z.string().describe('Such as architecture.'),
  topic: z.string().describe('Such as error-responses.'),
  content: z
    .string()
    .describe('Markdown: # title, the rule, ## Context, Pattern, Examples, Anti-patterns, When to revisit.'),
  created_by: name(z.string().min(1).max(100)).describe('Who proposes.'),
  approved_by: name(z.string().max(200)).optional().describe('A claim.'),
  tags: z.array(z.string()).max(20).optional().describe('Kebab-case.'),
});

export const createOutput = z.object({
  number: z.int().min(1).describe('In the inbox.'),
  near_duplicates: z
    .array(z.string())
    .describe('Standards nearly the same; the shipped one of its name first.'),
  message: z.string().describe('What a person does next.'),
});

export const listInput = z.object({
  status: z.enum(proposalStates).optional().describe('Only these.'),
  limit: z.int().min(1).max(100).default(20).describe('At most.'),
  before: z.int().min(1).max(1_000_000_000).optional().describe('For the next page: next_before.'),
});

export const listOutput = z.object({
  proposals: z
    .array(
      z.object({
        number: z.int().min(1).describe('In the inbox.'),
        standard: z.string().describe('domain/topic.'),
        created_by: z.string().describe('Who proposed.'),
        status: z.enum(proposalStates).describe('State.'),
        revision: z.int().min(1).describe('From 1.'),
        message: z.string().nullable().describe('Reason of a person, or what was written or why not.'),
      }),
    )
    .describe('Newest first.'),
  next_before: z.int().min(1).nullable().describe('Null at the end.'),
});

/** What whoever proposed on the command line is told. */
export const receipt = z.object({
  proposal_id: z.string().describe('Id of the proposal.'),
  request_number: z.int().min(1).describe('Number in the inbox.'),
  revision: z.int().min(1).describe('Revision, from 1.'),
  near_duplicates: z
    .array(
      z.object({
        id: z.string().describe('Id of a standard.'),
        relevance: z.number().min(0).max(1).describe('How alike the texts are, 0 to 1.'),
        hidden_once_approved: z
          .boolean()
          .describe('It ships with Troupe under the same name, and approval hides it.'),
      }),
    )
    .describe('The shipped standard of the same name first, then those that say nearly the same.'),
  flagged_places: z
    .int()
    .min(0)
    .nullable()
    .describe('Places of the project that its check flags, as `troupe check` counts; null: no check ran.'),
  message: z.string().describe('What a person does next.'),
});

export const proposeInput = z.object({
  file: z
    .string()
    .min(1)
    .max(4_000)
    .optional()
    .describe('Markdown file inside the project that becomes the standard.')
    .meta({ word: true }),
  from: z
    .string()
    .min(1)
    .max(40)
    .optional()
    .describe('Job id, or its last characters: drafts from findings that repeat.'),
  domain: z.string().optional().describe('Folder of the standard, when the file does not say it.'),
  topic: z.string().optional().describe('Name of the standard, when the file does not say it.'),
});

export const proposeOutput = z.object({
  proposed: z
    .array(receipt.extend({ standard: z.string().describe('domain/topic.') }))
    .describe('What now waits in the inbox.'),
  skipped: z
    .array(
      z.object({
        standard: z.string().describe('domain/topic.'),
        reason: z.string().describe('Why it was not proposed.'),
        category: z.enum(errorCategories).describe('Category of that error; picks the exit code.'),
      }),
    )
    .describe('Drafts that were not proposed.'),
  message: z.string().describe('What a person does next.'),
});

export const generateInput = z.object({
  language: z.string().min(1).max(40).optional().describe('Only this language; else those found here.'),
});

export const generateOutput = proposeOutput.extend({
  languages: z.array(z.string()).describe('Languages there are drafts for.'),
});

export const adoptInput = z.object({
  standards: z
    .array(z.string().min(1).max(300))
    .max(1_000)
    .optional()
    .describe(
      'Those to adopt, by id, topic, file or number of the list; without any, what is not approved is listed.',
    )
    .meta({ word: true }),
  all: z.boolean().default(false).describe('All that are not approved.'),
  selection_hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be the 64 hex digits of selection_hash')
    .optional()
    .describe('What was shown; refused when a text has changed since.'),
});

export const adoptOutput = z.object({
  standards: z
    .array(
      z.object({
        number: z.int().min(1).describe('Its number among all that are not approved.'),
        standard: z.string().describe('domain/topic.'),
        file: z.string().describe('Project-relative path.'),
        title: z.string().describe('Its title.'),
        lead: z.string().describe('The rule itself.'),
        approval: z.enum(['unapproved', 'changed']).describe('Never approved here, or changed since.'),
        status: z
          .enum(['active', 'retired'])
          .describe(
            'What the text says; adopting a retired one takes back the approval of every earlier text.',
          ),
        notes: z
          .array(z.string())
          .describe('What is near to it and what it would hide, where it is shown before it is adopted.'),
        text_hash: z.string().describe('SHA-256 of its text, 64 hex digits.'),
        size_bytes: z.int().min(0).describe('Size of its text in bytes.'),
        text: z.string().nullable().describe('The whole file; null in a list.'),
        approved_text: z
          .string()
          .nullable()
          .describe('The text that was approved last; null in a list, and where none is kept.'),
        retired_by: z.string().nullable().describe('Who retired it when it had this text; null: nobody.'),
        retired_at: z.string().nullable().describe('When, ISO 8601 in UTC.'),
      }),
    )
    .describe('What is adopted, or would be.'),
  skipped: z
    .array(
      z.object({
        file: z.string().describe('Project-relative path.'),
        reason: z.string().describe('Why it cannot be adopted.'),
        category: z
          .enum(errorCategories)
          .nullable()
          .describe(
            'Category of that error, which picks the exit code; null where there is nothing to adopt.',
          ),
      }),
    )
    .describe('What is not adopted.'),
  selection_hash: z.string().describe('SHA-256 over all texts of standards, 64 hex digits.'),
  adopted: z.boolean().describe('Whether it was done; false for a list.'),
  message: z.string().describe('What was done.'),
});
