import { kernelErrors } from '../../../src/kernel/index.ts';
import type { JobState } from '../../../src/capabilities/jobs/contract/index.ts';

/** What the operations of the door's tests work on: jobs in memory, and a line on standard error for each deed. */
export interface Desk {
  jobs: Map<string, JobState>;
  /** Written to standard error, so that a test in another process can wait for it. */
  say(line: string): void;
}

/** Stands in a persona folder for the shipped personas: a test sees only those it wrote. */
export const noBuiltIns = 'no-built-ins';

/** A review of about 7 KB with line breaks and code, as a complete job has one. */
export const longReview = Array.from(
  { length: 60 },
  (_, index) =>
    `- **high** src/orders/file-${index}.ts:${index + 10} SQL built from input\n  \`db.query("… where id = '" + id)\` → pass \`id\`.`,
).join('\n');

const base = { persona: 'security', created_at: '2026-11-21T10:00:00.000Z' };

/** A desk with one job of each kind that the tests ask for. */
export function openDesk(): Desk {
  const states: JobState[] = [
    {
      ...base,
      job_id: 'job-running',
      status: 'running',
      progress: {
        phase: 'analyzing',
        percent_complete: 62,
        message: 'src/auth/session.ts · 41 of 66 files',
        eta_seconds: 2,
        tool_calls_completed: 9,
      },
      elapsed_seconds: 3.1,
    },
    {
      ...base,
      job_id: 'job-complete',
      status: 'complete',
      result: longReview,
      duration_seconds: 3.4,
      tool_calls_made: 12,
      tokens_used: { input: 0, output: 0 },
    },
    {
      ...base,
      job_id: 'job-failed',
      status: 'failed',
      error: {
        code: 'models.timed_out',
        message: 'The model was silent for 60 s.',
        remedy: 'Retry the job.',
      },
      partial_result: 'Two findings so far\n- one\n- two',
      elapsed_seconds: 61,
    },
    {
      ...base,
      job_id: 'job-pending',
      status: 'pending',
      message: 'Waiting for a free worker.',
      queue_position: 1,
    },
  ];
  return {
    jobs: new Map(states.map((state) => [state.job_id, state])),
    say: (line) => process.stderr.write(`${line}\n`),
  };
}

/** Waits until the caller gives up, and says so. */
export async function untilAborted(desk: Desk, signal: AbortSignal | undefined): Promise<never> {
  desk.say('waiting');
  await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
  desk.say('call aborted');
  throw kernelErrors.make('call.cancelled', { what: 'Waiting for the job' });
}
