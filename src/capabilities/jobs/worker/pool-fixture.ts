import type { TestContext } from 'node:test';
import { recordedSignal, type RecordedSignal } from '../../../../test/support/recorded-signal.ts';
import { systemClock, type Clock, type NewEvent } from '../../../kernel/index.ts';
import type { Database } from '../../../platform/database/index.ts';
import { openTestSqlite } from '../../../platform/database/testing.ts';
import { afterwards } from '../../../platform/files/testing.ts';
import { createEventBus, eventMigrations, type EventBus } from '../../../platform/events/index.ts';
import type { SteppedClock } from '../../models/testing.ts';
import { jobMigrations } from '../migrations/index.ts';
import { sqlJobStore } from '../store/sql-job-store.ts';
import type { JobStore } from '../store/job-store.ts';
import { testProject } from '../testing.ts';
import type { Attempt, Outcome, RunJob } from './attempt.ts';
import { createWorkerPool, type WorkerPool, type WorkerPoolSettings } from './worker-pool.ts';

/** Work in the hands of the test. */
export interface HeldWork {
  attempt: Attempt;
  finish(text?: string): void;
  fail(error: Error): void;
  /** Resolves with the reason when the attempt's signal aborts. */
  aborted: Promise<unknown>;
}

/** Work that begins when a pool takes a job and ends when the test says so. */
export function heldWork(): { runJob: RunJob; started: RecordedSignal<HeldWork> } {
  const started = recordedSignal<HeldWork>();
  const runJob: RunJob = (attempt) =>
    new Promise<Outcome>((resolve, reject) => {
      const { signal } = attempt;
      const aborted = new Promise<unknown>((abort) => {
        if (signal.aborted) abort(signal.reason);
        else signal.addEventListener('abort', () => abort(signal.reason), { once: true });
      });
      const finish = (text = 'the review') => resolve({ text, data: null, model: 'test' });
      started.emit({ attempt, finish, fail: reject, aborted });
    });
  return { runJob, started };
}

export const testSettings: WorkerPoolSettings = {
  workers: 3,
  maxRunningPerProject: 0,
  leaseMs: 30_000,
  heartbeatMs: 10_000,
  maxAttempts: 3,
  pollMs: 5,
  reportEveryMs: 5_000,
  maxDurationMs: 1_800_000,
  shutdownMs: 60_000,
};

/** Moves on to the next heartbeat of a pool with these settings and waits until it is over. */
export async function nextBeat(clock: SteppedClock): Promise<void> {
  const { heartbeatMs } = testSettings;
  await clock.sleeping((ms) => ms === heartbeatMs);
  clock.step(heartbeatMs);
  await clock.sleeping((ms) => ms === heartbeatMs);
}

/** What one process has: its own connections to the database, and its own bus. */
export interface Side {
  database: Database;
  bus: EventBus;
  store: JobStore;
  events: RecordedSignal<NewEvent>;
  errors: RecordedSignal<unknown>;
  /** Resolves when this process commits that event. */
  told(name: string, jobId?: string): Promise<NewEvent>;
  startPool(runJob: RunJob, options?: PoolChanges): WorkerPool;
}

export interface PoolChanges {
  settings?: Partial<WorkerPoolSettings>;
  owner?: string;
  clock?: Clock;
  chains?: readonly string[];
  onlyJobId?: string;
  store?: JobStore;
}

let sides = 0;

/** Opens the database as another process would; pools are stopped before it is closed. */
export async function openSide(
  t: TestContext,
  options: { folder?: string; busyTimeoutMs?: number } = {},
): Promise<Side> {
  const database = await openTestSqlite(t, {
    ...options,
    migrations: [...eventMigrations, ...jobMigrations],
  });
  const errors = recordedSignal<unknown>();
  const bus = createEventBus((error) => errors.emit(error));
  const events = recordedSignal<NewEvent>();
  bus.subscribe((event) => events.emit(event));
  const store = sqlJobStore(database, bus);
  const pools: WorkerPool[] = [];
  afterwards(t, () => Promise.all(pools.map((pool) => pool.stop())));
  return {
    database,
    bus,
    store,
    events,
    errors,
    told: (name, jobId) =>
      events.next((event) => event.name === name && (jobId === undefined || event.entityId === jobId)),
    startPool(runJob, changes = {}) {
      const { settings, ...rest } = changes;
      const pool = createWorkerPool({
        store,
        database,
        bus,
        clock: systemClock,
        project: testProject,
        owner: `worker-${++sides}`,
        chains: [''],
        runJob,
        onError: (error) => errors.emit(error),
        settings: { ...testSettings, ...settings },
        ...rest,
      });
      pools.push(pool);
      pool.start();
      return pool;
    },
  };
}
