import { isAppError, toAppError, type Clock } from '../../../kernel/index.ts';
import { jobErrors } from '../errors.ts';
import type { Job } from '../store/job.ts';
import type { JobStore } from '../store/job-store.ts';
import type { Attempt, Outcome, RunJob, Standing } from './attempt.ts';
import { etaMs, expectedDurationMs } from './eta.ts';

type StopCause = 'cancelled' | 'lease-lost' | 'timed-out' | 'shutdown';

/** The reason an attempt's signal aborts with. The first cause stands. */
export class AttemptStopped extends Error {
  override readonly name = 'AttemptStopped';
  readonly why: StopCause;

  constructor(why: StopCause) {
    super(`the attempt was stopped: ${why}`);
    this.why = why;
  }
}

export interface AttemptSettings {
  leaseMs: number;
  maxDurationMs: number;
  /** Least time between two progress writes of the same phase, milliseconds. */
  reportEveryMs: number;
}

interface AttemptDeps {
  store: JobStore;
  clock: Clock;
  settings: AttemptSettings;
  runJob: RunJob;
}

/** How many finished jobs an estimate is drawn from. */
const historyLength = 50;

/**
 * Runs one claimed job to its end and stores how it ended. The database decides: a write that comes too late, after
 * a cancellation or by a worker that lost its lease, changes nothing. Never throws for the job's own failure;
 * throws what the database throws.
 */
export async function runAttempt(job: Job, stop: AbortController, deps: AttemptDeps): Promise<void> {
  const { store, clock, settings } = deps;
  const lease = { jobId: job.id, attempt: job.attempt };
  const deadline = new AbortController();
  const leftMs = Math.max(0, settings.maxDurationMs - (clock.now() - job.startedAt!));
  clock.sleep(leftMs, { signal: deadline.signal, unref: true }).then(
    () => stop.abort(new AttemptStopped('timed-out')),
    () => undefined,
  );
  try {
    const outcome = await untilStopped(deps.runJob(await openAttempt(job, stop.signal, deps)), stop.signal);
    await store.complete(lease, outcome, clock.now());
  } catch (thrown) {
    await endUnfinished(thrown);
  } finally {
    deadline.abort(new Error('the attempt has ended'));
  }

  async function endUnfinished(thrown: unknown): Promise<void> {
    const stopped = stop.signal.reason instanceof AttemptStopped ? stop.signal.reason.why : undefined;
    if (stopped === 'cancelled' || stopped === 'lease-lost') return;
    if (isAppError(thrown, 'jobs.lease_lost') || isAppError(thrown, 'jobs.illegal_move')) return;
    try {
      if (stopped === 'shutdown') await store.release(lease, clock.now());
      else {
        const error =
          stopped === 'timed-out'
            ? jobErrors.make('jobs.timed_out', { limitMs: settings.maxDurationMs })
            : toAppError(thrown);
        await store.fail(lease, { code: error.code, message: error.message, remedy: error.remedy }, clock.now());
      }
    } catch (error) {
      // Somebody ended it in the same moment: theirs stands.
      if (!isAppError(error, 'jobs.lease_lost') && !isAppError(error, 'jobs.illegal_move')) throw error;
    }
  }
}

/** Work that does not heed its signal must not hold the worker: the attempt ends without it. */
function untilStopped(work: Promise<Outcome>, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

async function openAttempt(job: Job, signal: AbortSignal, deps: AttemptDeps): Promise<Attempt> {
  const { store, clock, settings } = deps;
  const lease = { jobId: job.id, attempt: job.attempt };
  const history = await store.finished(job.project, job.persona, historyLength);
  let expectedMs = expectedDurationMs(history, job.sizeBytes);
  let best = job.progress.percent;
  let lastWrite = Number.NEGATIVE_INFINITY;
  let lastPhase = '';

  const due = () => clock.monotonicMs() - lastWrite >= settings.reportEveryMs;
  const written = (standing: Standing) => {
    lastWrite = clock.monotonicMs();
    lastPhase = standing.phase;
  };
  const progressOf = ({ phase, percent, message }: Standing) => {
    best = Math.max(best, Math.min(100, Math.round(percent)));
    return { phase, percent: best, message, etaMs: etaMs(expectedMs, clock.now() - job.startedAt!, best) };
  };

  return {
    job,
    signal,
    async finishedSteps() {
      const steps = [];
      for (let after = 0; ; after = steps.length) {
        const page = await store.steps(job.id, { after, limit: 200 });
        steps.push(...page);
        if (page.length < 200) return steps;
      }
    },
    async report(standing, { partialResult, sizeBytes } = {}) {
      signal.throwIfAborted();
      if (sizeBytes !== undefined) expectedMs = expectedDurationMs(history, sizeBytes);
      if (!due() && standing.phase === lastPhase && sizeBytes === undefined) return;
      written(standing);
      const more = { partialResult: partialResult?.(), sizeBytes };
      await store.recordProgress(lease, progressOf(standing), clock.now(), more);
    },
    async finishStep(step, standing, partialResult) {
      signal.throwIfAborted();
      const partial = due() ? partialResult() : undefined;
      if (partial !== undefined) written(standing);
      await store.appendStep(lease, step, progressOf(standing), clock.now(), partial);
    },
  };
}
