import { operationsOf, type AnyOperation, nearestNames } from '../../../src/kernel/index.ts';
import {
  cancelJobInput,
  cancelJobOutput,
  checkJobInput,
  checkJobOutput,
  listJobsInput,
  listJobsOutput,
  resetJobsInput,
  resetJobsOutput,
  retryJobInput,
  retryJobOutput,
  statsInput,
  statsOutput,
} from '../../../src/capabilities/jobs/contract/index.ts';
import { personaErrors } from '../../../src/capabilities/personas/index.ts';
import {
  searchStandardsInput,
  searchStandardsOutput,
} from '../../../src/capabilities/standards/contract/index.ts';
import { invokePersonaInput, invokePersonaOutput } from '../../../src/capabilities/work/contract/index.ts';
import { jobErrors } from '../../../src/capabilities/jobs/index.ts';
import { untilAborted, type Desk } from './desk.ts';

const operation = operationsOf<Desk>();
const read = { effect: 'read', idempotent: true } as const;

function jobOf(desk: Desk, jobId: string) {
  const job = desk.jobs.get(jobId);
  if (job === undefined) throw jobErrors.make('jobs.not_found', { jobId });
  return job;
}

const invokePersona = operation({
  name: 'personas.invoke',
  summary:
    'Ask a persona to review or advise. Answers with a job id at once; the work goes on in the background.',
  input: invokePersonaInput,
  output: invokePersonaOutput,
  doors: { mcp: 'invoke_{persona}' },
  policy: { effect: 'write', idempotent: false },
  errors: ['personas.unknown'],
  handler: ({ persona, task, priority }, { deps, call }) => {
    const known = ['architect', 'security', 'dba'];
    if (!known.includes(persona)) {
      const nearest = nearestNames(persona, known);
      throw personaErrors.make('personas.unknown', { name: persona, nearest, core: known, specialists: [] });
    }
    deps.say(`invoked ${persona} "${task}" ${priority} by ${call.caller}`);
    return Promise.resolve({
      status: 'started' as const,
      job_id: 'job-running',
      persona,
      estimated_duration_seconds: 45,
      poll_command: "check_persona_job(job_id='job-running', wait_seconds=30)",
      message: 'Started.',
    });
  },
});

const checkJob = operation({
  name: 'jobs.check',
  summary: 'State of a job: progress while it runs, the review when it is complete.',
  input: checkJobInput,
  output: checkJobOutput,
  doors: { mcp: 'check_persona_job' },
  policy: read,
  errors: ['jobs.not_found'],
  async handler({ job_id: jobId, wait_seconds: waitSeconds }, { deps, call }) {
    const job = jobOf(deps, jobId);
    if (jobId === 'job-pending' && waitSeconds > 0) return untilAborted(deps, call.signal);
    if (waitSeconds > 0) {
      // Twice the same percent, and one that goes back: what arrives must still only grow.
      for (const percent of [10, 10, 40, 30, 100]) call.progress?.({ percent, message: `at ${percent}` });
    }
    return job;
  },
});

const listJobs = operation({
  name: 'jobs.list',
  summary: "This project's jobs, newest first.",
  input: listJobsInput,
  output: listJobsOutput,
  doors: { mcp: 'list_persona_jobs' },
  policy: read,
  errors: [],
  handler: ({ status }, { deps }) => {
    const jobs = [...deps.jobs.values()]
      .filter((job) => status === undefined || job.status === status)
      .map(({ job_id, persona, status: now, created_at }) => {
        return { job_id, persona, status: now, created_at, task: 'review src', duration_seconds: null };
      });
    return Promise.resolve({
      jobs,
      total_count: deps.jobs.size,
      filtered_count: jobs.length,
      next_before: null,
    });
  },
});

const cancelJob = operation({
  name: 'jobs.cancel',
  summary: 'Stop a job. What it wrote so far is kept.',
  input: cancelJobInput,
  output: cancelJobOutput,
  doors: { mcp: 'cancel_persona_job' },
  policy: { effect: 'write', idempotent: true },
  errors: ['jobs.not_found'],
  handler: ({ job_id }, { deps }) => {
    const { status } = jobOf(deps, job_id);
    const partial = { job_id, partial_result: 'One finding.', message: 'Stopped.' };
    return Promise.resolve({ status: 'cancelled' as const, job_status: status, ...partial });
  },
});

const retryJob = operation({
  name: 'jobs.retry',
  summary: 'A new job that goes on from the last finished step of a failed or cancelled one.',
  input: retryJobInput,
  output: retryJobOutput,
  doors: { mcp: 'retry_persona_job' },
  policy: { effect: 'write', idempotent: false },
  errors: ['jobs.not_found'],
  handler: ({ job_id }, { deps }) => {
    const { job_id: retryOf } = jobOf(deps, job_id);
    const answer = { status: 'started' as const, new_job_id: 'job-new', retry_of: retryOf, steps_reused: 3 };
    return Promise.resolve({ ...answer, message: 'Goes on after step 3.' });
  },
});

const stats = operation({
  name: 'jobs.stats',
  summary: 'Size and state of the job database.',
  input: statsInput,
  output: statsOutput,
  doors: { mcp: 'persona_database_stats' },
  policy: read,
  errors: [],
  handler: () => Promise.reject(new TypeError('the desk has no drawer')),
});

const reset = operation({
  name: 'jobs.reset',
  summary: 'Delete all ended jobs. Needs confirm: true.',
  input: resetJobsInput,
  output: resetJobsOutput,
  doors: { mcp: 'reset_persona_jobs' },
  policy: { effect: 'destructive', idempotent: true },
  errors: ['jobs.confirmation_required'],
  handler: ({ confirm }, { deps }) => {
    if (!confirm) throw jobErrors.make('jobs.confirmation_required', { endedJobs: 2 });
    const answer = {
      status: 'reset' as const,
      jobs_deleted: 2,
      jobs_kept: deps.jobs.size - 2,
      space_freed_mb: 0,
    };
    return Promise.resolve({ ...answer, message: '2 jobs deleted.' });
  },
});

const searchStandards = operation({
  name: 'standards.search',
  summary: 'Standards of this project that apply to a question.',
  input: searchStandardsInput,
  output: searchStandardsOutput,
  doors: { mcp: 'search_standards' },
  policy: read,
  errors: [],
  handler: () => {
    // A library that prints: it must not reach the protocol.
    console.log('stray line from a library');
    process.stdout.write('another one\n');
    return Promise.resolve({
      results: [],
      searched: 0,
      method: 'keyword' as const,
      bytes_returned: 0,
      bytes_of_all: 0,
      message: 'No standards yet.',
    });
  },
});

/** Operations with the product's contracts over a desk. */
export const deskOperations: readonly AnyOperation<Desk>[] = [
  invokePersona,
  checkJob,
  listJobs,
  cancelJob,
  retryJob,
  stats,
  reset,
  searchStandards,
];
