import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemIds } from '../../src/kernel/index.ts';
import { jobMigrations, sqlJobStore, type JobStore } from '../../src/capabilities/jobs/index.ts';
import {
  migrate,
  openPostgresDatabase,
  openSqliteDatabase,
  tablesOf,
  type Database,
} from '../../src/platform/database/index.ts';
import { startTestPostgres } from '../../src/platform/database/testing.ts';
import { createEventBus, eventMigrations } from '../../src/platform/events/index.ts';
import { inTurns, type Bench, type BenchRow } from '../row.ts';
import { barePostgres, bareSqlite, emptyTables, type BareJobs } from './bare-sql.ts';
import { benchJob, benchProject, noLimits } from './open-store.ts';
import { plainjobRates } from './plainjob-peer.ts';
import { graphileRates, pgBossRates } from './postgres-peers.ts';

const migrations = [...eventMigrations, ...jobMigrations];

/** Jobs created, and claimed and completed, a second: ours, bare SQL, and well-known queues on the same engine. */
export const sqliteThroughput: Bench = async ({ short }) => {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-bench-'));
  const path = join(folder, 'jobs.db');
  const database = await openSqliteDatabase({
    path,
    displayName: 'jobs.db',
    clock: systemClock,
    busyTimeoutMs: 5_000,
    driverWaitMs: 50,
  });
  try {
    await migrate(database, migrations, 'jobs.db');
    const bare = await bareSqlite(path, () => systemIds.next());
    const jobs = short ? 500 : 5_000;
    const rows = await rates('SQLite', database, bare, { jobs, rounds: short ? 1 : 5 });
    bare.close();
    const peer = await plainjobRates(folder, jobs);
    return [...rows, ...shown('plainjob on SQLite', rows, peer)];
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
};

export const postgresThroughput: Bench = async ({ short }) => {
  const server = await startTestPostgres();
  const url = await server.createUrl();
  const database = await openPostgresDatabase({
    url,
    maxConnections: 10,
    connectTimeoutMs: 5_000,
    clock: systemClock,
    tables: tablesOf(migrations),
  });
  try {
    await migrate(database, migrations, 'PostgreSQL');
    const bare = await barePostgres(url, () => systemIds.next());
    const jobs = short ? 100 : 1_000;
    const rows = await rates('PostgreSQL', database, bare, { jobs, rounds: short ? 1 : 5 });
    await bare.close();
    const graphile = await graphileRates(await server.createUrl(), jobs);
    const boss = await pgBossRates(await server.createUrl(), jobs);
    return [...rows, ...shown('graphile-worker', rows, graphile), ...shown('pg-boss', rows, boss)];
  } finally {
    await database.close();
    await server.stop();
  }
};

async function rates(
  engine: string,
  database: Database,
  bare: BareJobs,
  { jobs, rounds }: { jobs: number; rounds: number },
): Promise<BenchRow[]> {
  const store = sqlJobStore(
    database,
    createEventBus(() => undefined),
  );
  const ours = { create: () => create(store), work: () => work(store) };
  const measure = async (what: { create: () => unknown; work: () => unknown }) => {
    await emptyTables(database);
    return { created: await perSecond(jobs, what.create), worked: await perSecond(jobs, what.work) };
  };
  // What runs for the first time is slow: not counted.
  for (const each of [ours, bare]) await measure(each);
  const created = await inTurns(
    rounds,
    async () => (await measure(ours)).created,
    async () => (await measure(bare)).created,
  );
  const worked = await inTurns(
    rounds,
    async () => (await measure(ours)).worked,
    async () => (await measure(bare)).worked,
  );
  const row = (what: string, figures: { ours: number; peer: number }): BenchRow => ({
    what: `${what}, ${engine}, one process`,
    ...figures,
    peerName: 'bare SQL',
    unit: 'jobs/s',
    limit: { atLeast: 0.8 },
  });
  return [row('job created', created), row('job claimed and completed', worked)];
}

async function create(store: JobStore): Promise<void> {
  await store.insert(benchJob(systemIds.next(), Date.now()), noLimits);
}

async function work(store: JobStore): Promise<void> {
  const now = Date.now();
  const job = await store.claimNext({
    project: benchProject,
    owner: 'bench',
    leaseMs: 30_000,
    now,
    chains: [''],
    maxRunning: 0,
  });
  if (job === undefined) throw new Error('the queue is empty');
  await store.complete(
    { jobId: job.id, attempt: job.attempt },
    { text: 'ok', data: null, model: job.model },
    now,
  );
}

async function perSecond(times: number, action: () => unknown): Promise<number> {
  const startedAt = performance.now();
  for (let n = 0; n < times; n++) await action();
  return (times / (performance.now() - startedAt)) * 1_000;
}

function shown(
  peerName: string,
  rows: readonly BenchRow[],
  peer: { created: number; worked: number },
): BenchRow[] {
  return rows.map((row, index) => ({
    ...row,
    peer: index === 0 ? peer.created : peer.worked,
    peerName,
    limit: undefined,
    note: 'for comparison: it keeps no events and no history',
  }));
}
