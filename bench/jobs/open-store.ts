import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/kernel/index.ts';
import { jobMigrations, sqlJobStore, type JobStore } from '../../src/capabilities/jobs/index.ts';
import { migrate, openSqliteDatabase, type Database } from '../../src/platform/database/index.ts';
import { createEventBus, eventMigrations, type EventBus } from '../../src/platform/events/index.ts';

export interface BenchStore {
  folder: string;
  database: Database;
  bus: EventBus;
  store: JobStore;
  close(): Promise<void>;
}

/** A job store on a SQLite file; without a folder, in one that is deleted at the end. */
export async function openBenchStore(existing?: string): Promise<BenchStore> {
  const folder = existing ?? (await mkdtemp(join(tmpdir(), 'troupe-bench-')));
  const database = await openSqliteDatabase({
    path: join(folder, 'jobs.db'),
    displayName: 'jobs.db',
    clock: systemClock,
    busyTimeoutMs: 5_000,
    driverWaitMs: 50,
  });
  await migrate(database, [...eventMigrations, ...jobMigrations], 'jobs.db');
  const bus = createEventBus(() => undefined);
  return {
    folder,
    database,
    bus,
    store: sqlJobStore(database, bus),
    async close() {
      await database.close();
      if (existing === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

export const benchProject = '/p';

export const noLimits = { maxWaiting: 0, maxCreatedPerMinute: 0 };

export function benchJob(id: string, createdAt: number) {
  return {
    id,
    project: benchProject,
    persona: 'security',
    personaHash: 'hash',
    task: 'review src',
    context: null,
    priority: 'normal',
    chain: '',
    model: 'offline reviewer',
    caller: 'bench',
    createdAt,
    sizeBytes: 0,
    retryOf: null,
    revises: null,
  } as const;
}
