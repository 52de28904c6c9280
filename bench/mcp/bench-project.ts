import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrations } from '../../src/app/open-database.ts';
import { databaseName } from '../../src/app/state-folder.ts';
import { sqlJobStore, type JobStore } from '../../src/capabilities/jobs/index.ts';
import { systemClock, systemIds } from '../../src/kernel/index.ts';
import { migrate, openSqliteDatabase } from '../../src/platform/database/index.ts';
import { createEventBus } from '../../src/platform/events/index.ts';

export interface BenchProject {
  root: string;
  runningJob: string;
  /** Its result has about 7 KB. */
  completeJob: string;
  remove(): Promise<void>;
}

const leaseMs = 3_600_000;
// As reviews are written: a place, its code, the reason and the remedy.
const line =
  '**src/orders/list.ts:48** SQL built from request input\n\n```\nconst rows = await db.query(text)\n```\n\nAnyone who can reach it reads any account.\n\nFix: pass `mail` as a parameter.\n\n';

/** A project with a job that runs and one that is complete, and no workers that would change either. */
export async function makeBenchProject(): Promise<BenchProject> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'troupe-bench-')));
  await mkdir(join(root, '.agent-os'));
  await writeFile(join(root, '.agent-os/config.yaml'), 'jobs:\n  workers: 0\n');
  const clock = systemClock;
  const path = join(root, databaseName);
  const database = await openSqliteDatabase({
    path,
    displayName: databaseName,
    clock,
    busyTimeoutMs: 5_000,
    driverWaitMs: 20,
  });
  await migrate(database, migrations, databaseName);
  const store = sqlJobStore(
    database,
    createEventBus(() => undefined),
  );
  const completeJob = await startJob(store, root);
  const text = line.repeat(Math.ceil(7_000 / line.length));
  await store.complete(
    { jobId: completeJob, attempt: 1 },
    { text, data: null, model: 'offline reviewer' },
    clock.now(),
  );
  const runningJob = await startJob(store, root);
  const progress = { phase: 'analyzing', percent: 62, message: 'src/auth/session.ts', etaMs: 2_000 } as const;
  await store.recordProgress({ jobId: runningJob, attempt: 1 }, progress, clock.now());
  await database.close();
  return { root, runningJob, completeJob, remove: () => rm(root, { recursive: true, force: true }) };
}

async function startJob(store: JobStore, project: string): Promise<string> {
  const id = systemIds.next();
  const now = systemClock.now();
  const job = { persona: 'security', personaHash: '', task: 'review src', context: null, caller: 'bench' };
  const model = {
    chain: '',
    model: 'offline reviewer',
    priority: 'normal',
    sizeBytes: 0,
    retryOf: null,
    revises: null,
  } as const;
  await store.insert(
    { id, project, createdAt: now, ...job, ...model },
    { maxWaiting: 0, maxCreatedPerMinute: 0 },
  );
  await store.claimNext({ project, owner: 'bench', leaseMs, now, chains: [''], maxRunning: 0 });
  return id;
}
