import { z } from 'zod';
import { anchorState, unusableFile } from './library.ts';

const id = z.string().describe('Id of the standard.');

export const standardsHealthInput = z.object({
  days: z
    .int()
    .min(1)
    .max(3_650)
    .optional()
    .describe('Days without being found that count as unused; standards.unused_after_days when left out.'),
});

export const standardsHealthOutput = z.object({
  standards: z
    .object({
      project: z.int().min(0).describe("The project's own."),
      language: z.int().min(0).describe("The project's, from drafts for its languages."),
      universal: z.int().min(0).describe('Shipped with Troupe.'),
      retired: z.int().min(0).describe('Retired ones among them.'),
    })
    .describe('How many there are.'),
  searches: z
    .object({
      days: z.int().min(1).describe('Days counted, today included.'),
      total: z.int().min(0).describe('Searches.'),
      without_hit: z.int().min(0).describe('Those that found nothing.'),
    })
    .describe('How often standards were searched.'),
  anchors: z
    .array(anchorState.extend({ standard: id }))
    .describe('Places a standard was derived from that moved or are gone.'),
  unapproved: z.array(z.string()).describe('Ids of standards that nobody approved on this machine.'),
  changed: z.array(z.string()).describe('Ids of standards that changed since they were approved.'),
  gone: z
    .array(
      z.object({
        standard: id,
        approved_by: z.string().describe('Who approved it last.'),
        approved_at: z.string().describe('When, ISO 8601.'),
      }),
    )
    .describe('Standards that were approved and not retired, and whose file is not there any more.'),
  never_found: z
    .array(z.string())
    .describe('Ids of own standards that no search returned, though there were 30 days to.'),
  too_new: z
    .array(z.string())
    .describe(
      'Ids of own standards that no search returned yet, approved, updated or counted for less than 30 days.',
    ),
  unused: z
    .array(
      z.object({
        standard: id,
        last_found_at: z.string().describe('When a search last returned it, ISO 8601.'),
        days_ago: z.int().min(0).describe('Days since then.'),
      }),
    )
    .describe('Own standards that no search returned for the days asked for.'),
  contradictions: z
    .array(
      z.object({
        standards: z.array(z.string()).length(2).describe('Ids of the two.'),
        created_by: z.array(z.string()).length(2).describe('Whose they are, in the same order.'),
        rules: z.array(z.string()).length(2).describe('What each says, in the same order.'),
        shared: z.array(z.string()).describe('Tags and words of the name that both have.'),
        closeness: z.number().min(0).max(1).describe('1: as near to each other as a standard to itself.'),
      }),
    )
    .describe('Near neighbours from different hands, for a person to read.'),
  broken_checks: z
    .array(
      z.object({
        standard: id,
        check: z.string().describe('Name of the check.'),
        reason: z.string().describe('Why it cannot run.'),
      }),
    )
    .describe('Machine-checkable rules that cannot run.'),
  unusable: z.array(unusableFile).describe('Files that cannot be used as standards.'),
  message: z.string().describe('All of it in a sentence.'),
});

export type StandardsHealth = z.output<typeof standardsHealthOutput>;
