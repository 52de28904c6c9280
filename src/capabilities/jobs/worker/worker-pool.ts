import { isAppError, type Clock } from '../../../kernel/index.ts';
import type { Database } from '../../../platform/database/index.ts';
import type { EventBus } from '../../../platform/events/index.ts';
import type { Job } from '../store/job.ts';
import type { JobStore } from '../store/job-store.ts';
import type { RunJob } from './attempt.ts';
import { leaseWatch } from './lease-watch.ts';
import { AttemptStopped, runAttempt, type AttemptSettings } from './run-attempt.ts';

/** Figures of a pool, the settings `jobs.*`; times in milliseconds, `heartbeatMs` at most half of `leaseMs`. */
export interface WorkerPoolSettings extends AttemptSettings {
  /** Jobs this process runs at once. */
  workers: number;
  /** Jobs that run in the project at once, over all processes. */
  maxRunningPerProject: number;
  heartbeatMs: number;
  /** Crashed attempts after which a job fails. */
  maxAttempts: number;
  /** How often another process's changes are looked for, milliseconds. */
  pollMs: number;
  /** How long `stop` waits for attempts to hand their jobs back, milliseconds. */
  shutdownMs: number;
}

/** What a pool works with. It opens and closes none of it. */
export interface WorkerPoolOptions {
  store: JobStore;
  database: Database;
  bus: EventBus;
  clock: Clock;
  project: string;
  /** Names this pool in leases; unique among all processes. */
  owner: string;
  /** Model chains this process can serve. */
  chains: readonly string[];
  settings: WorkerPoolSettings;
  runJob: RunJob;
  /** Works only this job, then takes no other. */
  onlyJobId?: string;
  /** Hears what went wrong outside any job, such as a locked database, unless it ends the pool; else the pool goes on. */
  onError: (error: unknown) => void;
}

export interface WorkerPool {
  /** Starts taking jobs. Idempotent. */
  start(): void;
  /** Stops taking jobs, hands running ones back, and resolves when that is done or `shutdownMs` have passed. */
  stop(): Promise<void>;
  /** Jobs being worked on in this process. */
  readonly running: number;
  /**
   * Aborts, with the error as its reason, when the one job of `onlyJobId` cannot go on here because nothing of it can be
   * stored: the disk is full, the database damaged. It then takes no job any more. What was stored stays, and whoever
   * takes the job up once its lease has run out goes on from there. A pool for all jobs goes on by itself once there is room;
   * it ends only with `database.replaced`, when the database's file is another one and no job is left in its own.
   */
  readonly broken: AbortSignal;
}

/** One attempt; a job that was lost and claimed again may have two of them here for a moment. */
interface Running {
  job: Job;
  stop: AbortController;
  done: Promise<void>;
}

/** Takes jobs from the queue and runs them, several at once, until stopped. */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { store, bus, clock, settings } = options;
  const attempts = new Set<Running>();
  const stopping = new AbortController();
  const broken = new AbortController();
  let wake = () => {};
  let claiming = false;
  let loops: Promise<unknown> | undefined;

  const unsubscribe = bus.subscribe((event) => {
    if (event.name === 'jobs.cancelled') {
      for (const { job, stop } of attempts) {
        if (job.id === event.entityId) stop.abort(new AttemptStopped('cancelled'));
      }
    }
    wake();
  });

  async function claimLoop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      try {
        while (attempts.size < settings.workers && (await claimOne()));
      } catch (error) {
        giveUpOrGoOn(error);
      }
      if (!stopping.signal.aborted) await woken;
    }
  }

  async function claimOne(): Promise<boolean> {
    if (stopping.signal.aborted) return false;
    claiming = true;
    const claim = store.claimNext({
      project: options.project,
      owner: options.owner,
      leaseMs: settings.leaseMs,
      now: clock.now(),
      chains: options.chains,
      maxRunning: settings.maxRunningPerProject,
      jobId: options.onlyJobId,
    });
    const job = await claim.finally(() => (claiming = false));
    if (job === undefined) return false;
    const stop = new AbortController();
    if (stopping.signal.aborted) stop.abort(new AttemptStopped('shutdown'));
    const running: Running = { job, stop, done: Promise.resolve() };
    attempts.add(running);
    running.done = runAttempt(job, stop, { store, clock, settings, runJob: options.runJob })
      .catch(giveUpOrGoOn)
      .finally(() => {
        attempts.delete(running);
        wake();
      });
    return true;
  }

  /** Somebody waits for the one job; who works on all of them waits for room, and for a database that is free again. */
  function giveUpOrGoOn(error: unknown): void {
    const passes = isAppError(error) && error.retryable;
    if (options.onlyJobId === undefined || passes || stopping.signal.aborted) return options.onError(error);
    end(error);
  }

  function end(reason: unknown): void {
    stopping.abort(new AttemptStopped('shutdown'));
    broken.abort(reason);
  }

  /** Keeps leases alive and takes back those of workers that died. */
  async function heartbeatLoop(): Promise<void> {
    const takeBack = leaseWatch(store, settings);
    let wasLost = false;
    while (!stopping.signal.aborted) {
      const lost = options.onlyJobId === undefined ? options.database.lostPlace() : undefined;
      // What is left in a file that others do not see is worked on; since the last beat nothing more was found.
      if (lost !== undefined && wasLost && attempts.size === 0 && !claiming) return end(lost);
      wasLost = lost !== undefined;
      await Promise.all([...attempts].map(beat));
      try {
        await takeBack(options.project, clock.now());
      } catch (error) {
        options.onError(error);
      }
      // Also looks for work again after an error, such as a locked database.
      wake();
      await clock
        .sleep(settings.heartbeatMs, { signal: stopping.signal, unref: true })
        .catch(() => undefined);
    }
  }

  async function beat(running: Running): Promise<void> {
    try {
      await store.extendLease(leaseOf(running), clock.now() + settings.leaseMs);
    } catch (error) {
      if (await stillHolds(running)) options.onError(error);
    }
  }

  /**
   * Notices within `pollMs` what other processes did: new jobs to take, and jobs cancelled that run here. Without
   * changes nothing is read but the marker.
   */
  async function watchLoop(): Promise<void> {
    let marker = '';
    while (!stopping.signal.aborted) {
      try {
        const current = await options.database.changeMarker();
        if (current !== marker) {
          marker = current;
          await Promise.all([...attempts].map(stillHolds));
          wake();
        }
      } catch (error) {
        options.onError(error);
      }
      await clock.sleep(settings.pollMs, { signal: stopping.signal, unref: true }).catch(() => undefined);
    }
  }

  async function stillHolds(running: Running): Promise<boolean> {
    const holds = await store.holds(leaseOf(running)).catch(() => true);
    if (!holds && attempts.has(running)) running.stop.abort(new AttemptStopped('lease-lost'));
    return holds;
  }

  async function handBack(): Promise<void> {
    // A claim that was under way when the pool was stopped adds an attempt until the loops have ended.
    await loops;
    await Promise.all([...attempts].map(({ done }) => done));
  }

  return {
    broken: broken.signal,
    get running() {
      return attempts.size;
    },
    start() {
      loops ??= Promise.all([claimLoop(), heartbeatLoop(), watchLoop()]);
    },
    async stop() {
      stopping.abort(new AttemptStopped('shutdown'));
      wake();
      unsubscribe();
      for (const { stop } of attempts) stop.abort(new AttemptStopped('shutdown'));
      const patience = new AbortController();
      await Promise.race([
        handBack(),
        clock.sleep(settings.shutdownMs, { signal: patience.signal }).catch(() => undefined),
      ]);
      patience.abort();
    },
  };
}

const leaseOf = ({ job }: Running) => ({ jobId: job.id, attempt: job.attempt });
