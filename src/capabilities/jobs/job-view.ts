import type { z } from 'zod';
import type { jobState, jobSummary } from './contract/index.ts';
import type { ListedJob, PolledJob } from './store/job.ts';
import { silenceOf, type LeaseTimes } from './sign-of-life.ts';
import { hasEnded } from './transitions.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** Seconds with one decimal; never negative, also when the clock was moved back in between. */
export const seconds = (ms: number) => Math.round(Math.max(0, ms) / 100) / 10;

type JobState = z.input<typeof jobState>;

/** Of ended jobs, which change no more: while the store hands out the same job, doors get the same state. */
const endedStates = new WeakMap<PolledJob, JobState>();

/** A job as doors show it. `now` is milliseconds since 1970. */
export function stateOf(job: PolledJob, now: number, leases: LeaseTimes, queuePosition?: number): JobState {
  if (!hasEnded(job.status)) return { ...stateNow(job, now, queuePosition), ...silenceOf(job, now, leases) };
  const known = endedStates.get(job);
  if (known !== undefined) return known;
  const state = stateNow(job, now);
  endedStates.set(job, state);
  return state;
}

function stateNow(job: PolledJob, now: number, queuePosition?: number): JobState {
  const base = {
    status: job.status,
    job_id: job.id,
    persona: job.persona,
    created_at: iso(job.createdAt),
    ...(job.retryOf === null ? {} : { retry_of: job.retryOf }),
  };
  if (job.status === 'pending') return { ...base, ...pendingPart(job, queuePosition) };
  if (job.status === 'running') return { ...base, ...runningPart(job, now) };
  return { ...base, ...endedPart(job) };
}

function pendingPart(job: PolledJob, queuePosition: number | undefined) {
  const place = queuePosition === undefined ? '' : ` Number ${queuePosition} in the queue.`;
  const needs = job.chain === '' ? '' : ` Needs a worker with the model ${job.model} and its key.`;
  return {
    message: `Waiting for a free worker.${place}${needs}`,
    ...(queuePosition === undefined ? {} : { queue_position: queuePosition }),
  };
}

function runningPart(job: PolledJob, now: number) {
  const { phase, percent, message, etaMs } = job.progress;
  return {
    model: job.model,
    progress: {
      phase,
      percent_complete: percent,
      message,
      eta_seconds: etaMs === null ? null : Math.round(etaMs / 1_000),
      tool_calls_completed: job.toolCalls,
    },
    elapsed_seconds: seconds(now - (job.startedAt ?? now)),
  };
}

function endedPart(job: PolledJob) {
  // A job cancelled while it waited took no time at all.
  const duration = seconds((job.endedAt ?? 0) - (job.startedAt ?? job.endedAt ?? 0));
  const figures = {
    duration_seconds: duration,
    tool_calls_made: job.toolCalls,
    tokens_used: { input: job.tokensInput, output: job.tokensOutput },
    cost_usd: job.costUsd,
    model: job.model,
  };
  if (job.status === 'complete') return { result: job.result ?? '', ...figures };
  const partial = { elapsed_seconds: duration, partial_result: job.partialResult };
  return job.failure === null ? { ...partial, ...figures } : { error: job.failure, ...partial, ...figures };
}

/**
 * Where a job stands in one line, for whoever waits for it: phase, what is being done, how long already, how long yet.
 * `now` is milliseconds since 1970.
 */
export function standingInWords(state: JobState, now: number): string {
  const { status, progress, message = '', elapsed_seconds: elapsed = 0, silent_seconds: silent } = state;
  if (status === 'pending')
    return `${message} So far ${whole((now - Date.parse(state.created_at)) / 1_000)} s.`;
  if (status !== 'running' || progress === undefined) return status;
  const doing = progress.message === '' ? progress.phase : `${progress.phase}: ${progress.message}`;
  const left = progress.eta_seconds === null ? '' : `, about ${Math.max(1, progress.eta_seconds)} s left`;
  const unheard = silent === undefined ? '' : `; its worker was last heard ${silent} s ago`;
  return `${doing} (${whole(elapsed)} s${left}${unheard})`;
}

const whole = (seconds: number) => Math.max(0, Math.floor(seconds));

/** Longest task text in lists, characters. */
const summaryLength = 120;

/** A job as one line of a list. `now` is milliseconds since 1970. */
export function summaryOf(job: ListedJob, now: number, leases: LeaseTimes): z.input<typeof jobSummary> {
  const task = job.task.replace(/\s+/g, ' ').trim();
  return {
    job_id: job.id,
    persona: job.persona,
    status: job.status,
    task: task.length > summaryLength ? `${task.slice(0, summaryLength - 1)}…` : task,
    created_at: iso(job.createdAt),
    duration_seconds:
      hasEnded(job.status) && job.endedAt !== null
        ? seconds(job.endedAt - (job.startedAt ?? job.endedAt))
        : null,
    ...silenceOf(job, now, leases),
  };
}
