import { systemClock } from '../../src/kernel/index.ts';
import { createWorkerPool, type WorkerPool } from '../../src/capabilities/jobs/index.ts';
import { benchProject, type BenchStore } from './open-store.ts';

/** A pool with the product's default settings whose jobs are done at once. */
export function idlePool({ store, database, bus }: BenchStore): WorkerPool {
  const pool = createWorkerPool({
    store,
    database,
    bus,
    clock: systemClock,
    project: benchProject,
    owner: `bench-${process.pid}`,
    chains: [''],
    settings: {
      workers: 3,
      maxRunningPerProject: 6,
      heartbeatMs: 10_000,
      leaseMs: 30_000,
      maxAttempts: 3,
      maxDurationMs: 1_800_000,
      reportEveryMs: 5_000,
      pollMs: 200,
      shutdownMs: 5_000,
    },
    runJob: () => Promise.resolve({ text: 'ok', data: null, model: 'none' }),
    onError: (error) => {
      throw error;
    },
  });
  pool.start();
  return pool;
}
