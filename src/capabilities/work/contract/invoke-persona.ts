import { z } from 'zod';
import { jobPriority } from '../../jobs/contract/index.ts';

/** Input of one persona's own tool: the persona is in the tool's name. */
export const personaTask = z.object({
  task: z.string().max(20_000).describe('What to do; name files or folders as scope: "review src".'),
  context: z.string().optional().describe('A diff (limits the scope), code or design as text.'),
  priority: jobPriority.default('normal').describe('Queue place.'),
});

export const invokePersonaInput = personaTask.extend({
  persona: z.string().min(1).max(64).describe('Name of the persona, such as "security".'),
});

export const invokePersonaOutput = z.object({
  status: z.literal('started').describe('Always "started": the job waits or runs in the background.'),
  job_id: z.string().describe('Job id.'),
  persona: z.string().describe('Persona that got the task.'),
  estimated_duration_seconds: z
    .number()
    .min(0)
    .describe("Estimate, from the context's size and this project's history."),
  poll_command: z.string().describe('The call that waits for the result.'),
  notes: z
    .array(z.string())
    .optional()
    .describe('Only where something was changed before task and context were stored, as secrets redacted.'),
  message: z.string().describe('The same in words.'),
});
