import { counted, defineErrors } from '../../kernel/index.ts';

const list = 'Run `troupe jobs list` (or the tool list_persona_jobs) to see the jobs there are.';

/** Whether a text in small letters can be a job's id or the end of one. */
export const isIdOrEnding = (text: string) => /^[0-9a-f-]{4,36}$/.test(text);

export const jobErrors = defineErrors({
  'jobs.not_found': {
    category: 'not-found',
    message: ({ jobId }: { jobId: string }) =>
      isIdOrEnding(jobId.toLowerCase())
        ? `There is no job ${jobId}; it may have been cleaned up.`
        : `There is no job ${JSON.stringify(jobId.slice(0, 40))}: an id has 36 characters (0-9, a-f and dashes), of which the last 4 or more are enough.`,
    remedy: list,
  },
  'jobs.ambiguous_id': {
    category: 'invalid',
    message: (facts: { jobId: string; matches: readonly string[] }) =>
      `${facts.jobId} is the end of several job ids: ${facts.matches.join(', ')}.`,
    remedy: 'Give more characters of the id.',
  },
  'jobs.illegal_move': {
    category: 'conflict',
    message: (facts: { jobId: string; status: string; move: string }) =>
      `Job ${facts.jobId} is ${facts.status}: it cannot be moved by "${facts.move}".`,
    remedy: 'Read the job again; it has already left that state.',
  },
  'jobs.lease_lost': {
    category: 'conflict',
    message: (facts: { jobId: string; attempt: number }) =>
      `Attempt ${facts.attempt} no longer holds job ${facts.jobId}; another worker has taken it up.`,
    remedy: 'Stop this attempt; the other one goes on from the last finished step.',
  },
  'jobs.not_retryable': {
    category: 'conflict',
    message: (facts: { jobId: string; status: string }) =>
      `Job ${facts.jobId} is ${facts.status}; only failed and cancelled jobs can be retried.`,
    remedy: (facts: { status: string }) =>
      facts.status === 'complete'
        ? 'Ask the persona again for a new review.'
        : 'Wait until it has ended, or cancel it first.',
  },
  'jobs.queue_full': {
    category: 'limited',
    retryable: true,
    message: (facts: { waiting: number; running: number; limit: number }) =>
      `${counted(facts.waiting, 'job')} ${facts.waiting === 1 ? 'waits' : 'wait'} and ${facts.running} ${facts.running === 1 ? 'runs' : 'run'}; the limit is ${facts.limit} waiting (jobs.max_waiting).`,
    remedy: 'Try again later, cancel waiting jobs (`troupe jobs list --status pending`), or raise the limit.',
  },
  'jobs.rate_limited': {
    category: 'limited',
    retryable: true,
    message: (facts: { created: number; limit: number }) =>
      `${counted(facts.created, 'job')} ${facts.created === 1 ? 'was' : 'were'} created in the last minute; the limit is ${facts.limit} (jobs.max_created_per_minute).`,
    remedy: 'Wait a moment and call again, or raise the limit.',
  },
  'jobs.database_full': {
    category: 'limited',
    message: (facts: { sizeMb: number; limitMb: number }) =>
      `The database holds ${facts.sizeMb} MB; new jobs are refused at ${facts.limitMb} MB (database.refuse_at_mb).`,
    remedy: 'Delete ended jobs with `troupe jobs reset --confirm`, or raise the limit.',
  },
  'jobs.empty_task': {
    category: 'invalid',
    message: (facts: { persona: string }) => `The task for ${facts.persona} is empty.`,
    remedy: 'Say what to look at, such as "review src".',
  },
  'jobs.not_text': {
    category: 'invalid',
    message: (facts: { part: 'task' | 'context' }) =>
      `The ${facts.part} is not text: it holds NUL bytes, as binary files and UTF-16 do.`,
    remedy: 'Pass text in UTF-8; files of the project are named in the task, the persona reads them itself.',
  },
  'jobs.context_too_large': {
    category: 'limited',
    message: (facts: { sizeBytes: number; limitBytes: number }) =>
      `The context is ${facts.sizeBytes} bytes; the limit is ${facts.limitBytes} (jobs.max_context_bytes).`,
    remedy: 'Name files in the task instead (the persona reads them itself), or pass the part that matters.',
  },
  'jobs.confirmation_required': {
    category: 'invalid',
    message: (facts: { endedJobs: number }) =>
      `This deletes ${facts.endedJobs} ended jobs and their results.`,
    remedy: 'If that is what you want, add `--confirm`, or confirm: true in a tool call.',
  },
  'jobs.worker_crashed': {
    category: 'internal',
    message: (facts: { crashes: number; limit: number }) =>
      `${counted(facts.crashes, 'worker')} in a row died on this job (limit jobs.max_attempts = ${facts.limit}).`,
    remedy:
      'What was finished is kept as the partial result. Retry with a smaller scope, and see `troupe doctor`.',
  },
  'jobs.timed_out': {
    category: 'limited',
    message: (facts: { limitMs: number }) =>
      `The job ran longer than ${Math.round(facts.limitMs / 1000)} s (jobs.max_duration_ms).`,
    remedy:
      'What was finished is kept as the partial result. Split the task, or raise the limit and retry the job.',
  },
});
