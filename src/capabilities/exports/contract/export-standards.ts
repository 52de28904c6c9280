import { z } from 'zod';

/** Who reads exports. */
export const exportTargets = ['cursor', 'claude', 'copilot', 'agents-md'] as const;
/** One of `exportTargets`. */
export type ExportTarget = (typeof exportTargets)[number];

export const exportInput = z.object({
  target: z
    .enum([...exportTargets, 'all'])
    .describe('Who reads them: cursor, claude, copilot, agents-md (AGENTS.md), or all four.'),
  universal: z.boolean().default(false).describe('Also the standards that ship with Troupe.'),
  dry_run: z.boolean().default(false).describe('Show what would be written; write nothing.'),
});

export const exportedFile = z.object({
  path: z.string().describe('Project-relative path, forward slashes.'),
  target: z.enum(exportTargets).describe('Who reads it.'),
  action: z
    .enum(['create', 'update', 'remove', 'keep', 'left', 'conflict'])
    .describe(
      'What is done, or in a dry run would be; left as it is: a conflict, and exports of standards that nobody approved on this machine in their present text (left).',
    ),
  reason: z.string().nullable().describe('Why it is a conflict, left, or removed; null otherwise.'),
  warning: z
    .string()
    .nullable()
    .describe('What readers of the file will not see, with figure and limit; null otherwise.'),
  content: z
    .string()
    .nullable()
    .describe('What is written: the file, or the region of it; null when nothing is.'),
});
export type ExportedFile = z.infer<typeof exportedFile>;

export const exportOutput = z.object({
  files: z.array(exportedFile).describe('Every file that is, or was, an export.'),
  left: z
    .array(
      z.object({
        standard: z.string().describe('Id of the standard.'),
        target: z.enum(exportTargets).describe('Who reads it.'),
        path: z.string().describe('The file that holds it, alone or among others.'),
        reason: z.string().describe('Why it is left, with the command that shows the standard.'),
      }),
    )
    .describe(
      'Exports of standards that stand in the project and that nobody approved on this machine in their present text; neither written nor removed.',
    ),
  left_out: z
    .array(
      z.object({
        standard: z.string().describe('Id or file of the standard.'),
        reason: z.string().describe('Why it is not exported.'),
      }),
    )
    .describe('Standards that are not exported.'),
  losses: z
    .array(
      z.object({
        standard: z.string().describe('Id of the standard.'),
        target: z.enum(exportTargets).describe('Where it is lost.'),
        what: z.string().describe('What the export does not say.'),
      }),
    )
    .describe('What an export does not hold of its standard.'),
  in_step: z
    .boolean()
    .describe(
      'Whether every export was as it should be before the call, as far as that can be judged on this machine: see left.',
    ),
  dry_run: z.boolean().describe('Whether nothing was written on purpose.'),
  message: z.string().describe('The outcome in words.'),
});
export type ExportOutput = z.infer<typeof exportOutput>;
