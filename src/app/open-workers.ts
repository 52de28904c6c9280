import { hostname } from 'node:os';
import type { Clock } from '../kernel/index.ts';
import {
  createWorkerPool,
  type Retention,
  type WorkerPool,
  type WorkerPoolOptions,
} from '../capabilities/jobs/index.ts';
import type { ProjectContext } from './project-context.ts';

/** How often a process looks whether the daily clean-up is due, milliseconds. */
const cleanupCheckMs = 60_000;

/** How long a process that worked on one job may tidy up at its end, milliseconds. */
const tidyLimitMs = 2_000;

/** What workers need of the rest. */
export interface WorkerParts extends Pick<
  WorkerPoolOptions,
  'store' | 'database' | 'bus' | 'project' | 'runJob' | 'onError'
> {
  retention: Retention;
  /** What a person approved and a crash or a full disk left undone. */
  finishApproved: () => Promise<unknown>;
}

export interface Workers {
  /**
   * Starts this process's workers, once; with a job id, one worker for that job only. Whoever starts them wants work done:
   * at least one, also with `jobs.workers: 0`, by which a process that could work as well leaves jobs to others.
   */
  start(onlyJobId?: string): WorkerPool;
  /**
   * Hands running jobs back, and ends what was begun beside them. A process that worked on one job then does what those that stay do beside their work, since
   * there may be none of them: a clean-up that is due, and what was approved and left undone. At most two seconds are given
   * to what can be ended in the middle. Idempotent.
   */
  stop(): Promise<void>;
}

/** The workers of this process, and what is seen to beside them. Starts nothing by itself. */
export function openWorkers({ chain, clock, ids, settings }: ProjectContext, parts: WorkerParts): Workers {
  const { retention, finishApproved, ...rest } = parts;
  const closing = new AbortController();
  let pool: WorkerPool | undefined;
  let worksForOne = false;
  let beside: Promise<unknown> = Promise.resolve();
  return {
    start(onlyJobId) {
      if (pool !== undefined) return pool;
      pool = createWorkerPool({
        ...rest,
        clock,
        owner: `${hostname()}:${process.pid}:${ids.next()}`,
        chains: [...new Set([chain.fingerprint, ''])],
        settings: { ...settings.values.jobs, workers: Math.max(1, settings.values.jobs.workers) },
        ...(onlyJobId === undefined ? {} : { onlyJobId }),
      });
      pool.start();
      worksForOne = onlyJobId !== undefined;
      if (!worksForOne) {
        beside = Promise.all([
          cleanUpWhenDue(retention, clock, closing.signal, parts.onError),
          finishApproved().catch(parts.onError),
        ]);
      }
      return pool;
    },
    async stop() {
      if (closing.signal.aborted) return;
      closing.abort(new Error('the process is closing'));
      await pool?.stop();
      // It uses the database, which whoever stops the workers closes next.
      await beside;
      // Where nothing can be stored, nothing can be tidied up.
      if (worksForOne && pool?.broken.aborted === false) await tidyUp();
    },
  };

  async function tidyUp(): Promise<void> {
    const timeUp = new AbortController();
    const done = new AbortController();
    void clock.sleep(tidyLimitMs, { signal: done.signal, unref: true }).then(
      () => timeUp.abort(new Error('the time to tidy up is over')),
      () => undefined,
    );
    await cleanUpIfDue(retention, timeUp.signal, parts.onError);
    await finishApproved().catch(parts.onError);
    done.abort();
  }
}

async function cleanUpWhenDue(
  retention: Retention,
  clock: Clock,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await cleanUpIfDue(retention, signal, onError);
    await clock.sleep(cleanupCheckMs, { signal, unref: true }).catch(() => undefined);
  }
}

async function cleanUpIfDue(
  retention: Retention,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> {
  await retention.runIfDue(signal).catch((error: unknown) => {
    if (error !== signal.reason) onError(error);
  });
}
