import { isAppError, toAppError, type Clock } from '../../../kernel/index.ts';
import { jobErrors } from '../errors.ts';
import type { Job } from '../store/job.ts';
import type { JobStore } from '../store/job-store.ts';
import type { Outcome, RunJob } from './attempt.ts';
import { openAttempt, type OpenAttempt } from './open-attempt.ts';
import { isPassing, outlast } from './outlast.ts';

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

/** Figures of one attempt, milliseconds. */
export interface AttemptSettings {
  leaseMs: number;
  /** Longest time of one attempt; a job handed back in between has it anew. */
  maxDurationMs: number;
  /** Longest silence between two progress records of a running job, milliseconds. */
  reportEveryMs: number;
}

/** From here on a wall clock that differs from the monotonic one has been set, milliseconds. */
const clockSetFromMs = 1_000;

interface AttemptDeps {
  store: JobStore;
  clock: Clock;
  settings: AttemptSettings;
  runJob: RunJob;
}

/**
 * Runs one claimed job to its end and stores how it ended. The database decides: a write that comes too late, after
 * a cancellation or by a worker that lost its lease, changes nothing. Never throws for the job's own failure;
 * throws what the database throws.
 */
export async function runAttempt(job: Job, stop: AbortController, deps: AttemptDeps): Promise<void> {
  const { store, clock, settings } = deps;
  const lease = { jobId: job.id, attempt: job.attempt };
  const startedMs = clock.monotonicMs();
  const ended = new AbortController();
  let attempt: OpenAttempt | undefined;
  // Counted anew for each attempt: a job that waited for a worker over night has not worked all night.
  clock.sleep(settings.maxDurationMs, { signal: ended.signal, unref: true }).then(
    () => stop.abort(new AttemptStopped('timed-out')),
    () => undefined,
  );
  try {
    const outcome = await untilStopped(
      openAttempt(job, startedMs, { stop: stop.signal, ended: ended.signal }, deps).then((opened) => {
        attempt = opened;
        return deps.runJob(opened);
      }),
      stop.signal,
    );
    const waiting = { clock, signal: stop.signal, withinMs: settings.leaseMs };
    await outlast(() => {
      const at = clock.now();
      return store.complete(lease, outcome, at, { startedAt: trueStart(at) });
    }, waiting);
  } catch (thrown) {
    await endUnfinished(thrown);
  } finally {
    ended.abort(new Error('the attempt has ended'));
  }

  /** When it began by the clock that tells its end; `undefined` when that has not been set meanwhile. */
  function trueStart(at: number): number | undefined {
    const startedAt = Math.round(at - (clock.monotonicMs() - startedMs));
    return Math.abs(startedAt - job.startedAt!) > clockSetFromMs ? startedAt : undefined;
  }

  async function endUnfinished(thrown: unknown): Promise<void> {
    const stopped = stop.signal.reason instanceof AttemptStopped ? stop.signal.reason.why : undefined;
    if (stopped === 'cancelled' || stopped === 'lease-lost') return;
    if (isAppError(thrown, 'jobs.lease_lost') || isAppError(thrown, 'jobs.illegal_move')) return;
    try {
      // A database that was locked for a while is no fault of the job: its finished steps wait for the next attempt.
      if (stopped === 'shutdown' || (stopped === undefined && isPassing(thrown))) {
        await store.release(lease, clock.now());
      } else {
        const error =
          stopped === 'timed-out'
            ? jobErrors.make('jobs.timed_out', { limitMs: settings.maxDurationMs })
            : toAppError(thrown);
        const at = clock.now();
        await store.fail(lease, { code: error.code, message: error.message, remedy: error.remedy }, at, {
          partialResult: attempt?.unstoredPartial(),
          startedAt: trueStart(at),
        });
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
