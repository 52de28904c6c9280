import { z } from 'zod';

/** What `troupe config explain --json` prints. */
export const explainedSettings = z.strictObject({
  settings: z
    .array(
      z.strictObject({
        key: z.string().describe('Dotted name, as configuration files write it.'),
        env: z.string().describe('Environment variable that sets it.'),
        value: z.unknown().describe('Value in force; null when it is not set, "(hidden)" for a secret one.'),
        origin: z
          .string()
          .describe('Where the value comes from: flag, variable, file with line, or default.'),
        description: z.string().describe('What it does, with its unit.'),
        secret: z.boolean().optional().describe('Its value is never shown.'),
      }),
    )
    .describe('All settings, or those whose name begins as asked; in the order of the reference.'),
  problems: z
    .array(
      z.strictObject({
        code: z
          .enum(['config.unknown_key', 'config.untrusted_key', 'config.invalid', 'config.unreadable'])
          .describe('Stable; the last two stop every other command.'),
        place: z.string().describe('File with line, variable, or flag.'),
        message: z.string().describe('What is wrong there.'),
      }),
    )
    .describe('What the configuration holds without effect, or cannot be used.'),
});
export type ExplainedSettings = z.infer<typeof explainedSettings>;

/** What `troupe models pull --json` prints. */
export const pulledModel = z.strictObject({
  name: z.string().describe('The model that is here now.'),
  folder: z.string().describe('Absolute path of its files.'),
  settings: z.record(z.string(), z.string()).describe('Settings that use it, by dotted name.'),
});
export type PulledModel = z.infer<typeof pulledModel>;

/** What `troupe completion --json` prints. */
export const completionScript = z.strictObject({
  shell: z.enum(['bash', 'zsh', 'fish', 'powershell']).describe('The shell it is for.'),
  script: z.string().describe('The script; the shell runs it when it starts.'),
});
export type CompletionScript = z.infer<typeof completionScript>;
