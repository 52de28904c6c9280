import { z } from 'zod';

/** What `troupe init --json` prints. */
export const setupReport = z.object({
  project: z.string().describe("Real path of the project's root."),
  dry_run: z.boolean().describe('Whether nothing was written because that was asked for.'),
  created: z
    .array(z.string())
    .describe('Folders and files made in .agent-os, or to be made with dry_run; relative.'),
  changed: z
    .array(z.string())
    .describe('Files of .agent-os extended or renewed, or to be with dry_run; relative.'),
  left_alone: z
    .array(z.string())
    .describe('Guides of which there are newer ones, but which were edited here; relative.'),
  clients: z
    .array(
      z.object({
        client: z.string().describe('Name of the client, as --client takes it.'),
        file: z.string().describe('Its configuration: relative to the project, or ~/… in the home folder.'),
        status: z
          .enum(['written', 'current', 'not_written', 'refused'])
          .describe(
            'written now; current: it knows this server already; not_written: nobody asked for it; refused: it cannot be extended.',
          ),
        content: z.string().nullable().describe('The whole file with troupe in it; null when refused.'),
        error: z
          .object({
            code: z.string().describe('Stable error code.'),
            message: z.string().describe('What is in the way.'),
            remedy: z.string().describe('What to do.'),
          })
          .nullable()
          .describe('Why it was refused; null otherwise.'),
      }),
    )
    .describe('Clients found here, or those named.'),
  command: z.array(z.string()).describe('Absolute paths by which a client starts the server.'),
  warnings: z.array(z.string()).describe('What may not last, in words.'),
});
export type SetupReport = z.infer<typeof setupReport>;

/** What `troupe doctor --json` prints. */
export const diagnosis = z.object({
  ok: z.boolean().describe('True when nothing is broken; warnings allowed.'),
  checks: z
    .array(
      z.object({
        subject: z
          .string()
          .describe('What was looked at: node, project, configuration, database, model and so on.'),
        state: z
          .enum(['ok', 'warning', 'broken'])
          .describe(
            'warning: works, but not as somebody may expect; broken: something needed does not work.',
          ),
        message: z.string().describe('What was found.'),
        remedy: z.string().describe('How to fix it; empty when there is nothing to fix.'),
        code: z.string().nullable().describe('Stable error code, where there is one.'),
      }),
    )
    .describe('In the order shown to people.'),
});
export type Diagnosis = z.infer<typeof diagnosis>;
