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
  /** Starts this process's workers, once; with a job id, one worker for that job only. */
  start(onlyJobId?: string): WorkerPool;
  /** Hands running jobs back. Idempotent. */
  stop(): Promise<void>;
}

/** The workers of this process, and what is seen to beside them. Starts nothing by itself. */
export function openWorkers({ chain, clock, ids, settings }: ProjectContext, parts: WorkerParts): Workers {
  const { retention, finishApproved, ...rest } = parts;
  const closing = new AbortController();
  let pool: WorkerPool | undefined;
  return {
    start(onlyJobId) {
      if (pool !== undefined) return pool;
      pool = createWorkerPool({
        ...rest,
        clock,
        owner: `${hostname()}:${process.pid}:${ids.next()}`,
        chains: [...new Set([chain.fingerprint, ''])],
        settings: settings.values.jobs,
        ...(onlyJobId === undefined ? {} : { onlyJobId }),
      });
      pool.start();
      if (onlyJobId === undefined) {
        void cleanUpWhenDue(retention, clock, closing.signal, parts.onError);
        void finishApproved().catch(parts.onError);
      }
      return pool;
    },
    async stop() {
      if (closing.signal.aborted) return;
      closing.abort(new Error('the process is closing'));
      await pool?.stop();
    },
  };
}

async function cleanUpWhenDue(
  retention: Retention,
  clock: Clock,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await retention.runIfDue(signal).catch((error: unknown) => {
      if (error !== signal.reason) onError(error);
    });
    await clock.sleep(cleanupCheckMs, { signal, unref: true }).catch(() => undefined);
  }
}
