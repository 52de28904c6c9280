import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { invoke, systemClock, systemIds, type Call } from '../../src/kernel/index.ts';
import { redactSecrets } from '../../src/capabilities/analyzers/index.ts';
import { createRetention, jobOperations, type JobDeps } from '../../src/capabilities/jobs/index.ts';
import { percentile, type Bench, type BenchRow } from '../row.ts';
import { idlePool } from './idle-pool.ts';
import { benchJob, benchProject, noLimits, openBenchStore, type BenchStore } from './open-store.ts';

/** From created to picked up by an idle pool: in this process, and in another. */
export const pickUp: Bench = async ({ short }) => {
  const jobs = short ? 10 : 100;
  const opened = await openBenchStore();
  try {
    const pool = idlePool(opened);
    const within = await pickUpTimes(opened, jobs);
    await pool.stop();

    const child = spawn(
      process.execPath,
      [new URL('pool-process.ts', import.meta.url).pathname, opened.folder],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    await once(child.stdout, 'data');
    const across = await pickUpTimes(opened, jobs);
    child.stdin.end();
    await once(child, 'exit');
    return [row('in one process', within, 20), row('across processes', across, 300)];
  } finally {
    await opened.close();
  }
};

function row(where: string, times: number[], limitMs: number): BenchRow {
  const what = `created → picked up, idle pool, ${where}, p95`;
  return {
    what,
    ours: percentile(times, 0.95),
    peer: undefined,
    peerName: '',
    unit: 'ms',
    limit: { atMost: limitMs },
  };
}

/** Spread over time, so that each job meets an idle pool at another moment of its poll. */
async function pickUpTimes({ store }: BenchStore, jobs: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < jobs; n++) {
    const id = systemIds.next();
    await store.insert(benchJob(id, Date.now()), noLimits);
    for (;;) {
      await systemClock.sleep(5);
      const job = await store.get(id);
      if (job?.status === 'complete') {
        times.push(job.startedAt! - job.createdAt);
        break;
      }
    }
    await systemClock.sleep((n * 37) % 50);
  }
  return times;
}

/** Reads with 100,000 jobs in the table, through the operations. */
export const reads: Bench = async ({ short }) => {
  const jobs = short ? 2_000 : 100_000;
  const opened = await openBenchStore();
  try {
    await fill(opened, jobs);
    const deps = depsOf(opened);
    const call: Call = { door: 'internal', caller: 'bench' };
    const operation = (name: string) => jobOperations.find((candidate) => candidate.name === name)!;
    const ids = (await opened.store.list({ project: benchProject }, { limit: 100 })).map(({ id }) => id);
    const status = await times(short ? 200 : 2_000, (n) =>
      invoke(operation('jobs.check') as never, { job_id: ids[n % ids.length] }, { deps, call }),
    );
    const list = await times(short ? 20 : 200, () =>
      invoke(
        operation('jobs.list') as never,
        { status: 'failed', persona: 'qa', limit: 10 },
        {
          deps,
          call,
        },
      ),
    );
    const row = (what: string, values: number[], limitMs: number): BenchRow => ({
      what: `${what} with ${jobs.toLocaleString('en')} jobs in the table, p95`,
      ours: percentile(values, 0.95),
      peer: undefined,
      peerName: '',
      unit: 'ms',
      limit: { atMost: limitMs },
    });
    return [row('status read', status, 1), row('filtered list', list, 10)];
  } finally {
    await opened.close();
  }
};

async function fill({ database, store }: BenchStore, jobs: number): Promise<void> {
  const [one] = [benchJob(systemIds.next(), Date.now())];
  await store.insert(one, noLimits);
  const text = 'x'.repeat(1_000);
  const statuses = ['complete', 'complete', 'complete', 'failed', 'cancelled'];
  const personas = ['security', 'qa', 'architect'];
  await database.transaction(async (tx) => {
    for (let n = 0; n < jobs; n++) {
      const now = Date.now() - (jobs - n) * 1_000;
      await tx.run(
        `INSERT INTO jobs (id, project, persona, status, priority, order_number, chain, created_at, started_at, ended_at,
           persona_hash, model, caller, task, result) VALUES (?, ?, ?, ?, 'normal', ?, '', ?, ?, ?, 'hash', 'm', 'bench', 'review', ?)`,
        [
          systemIds.next(),
          benchProject,
          personas[n % 3]!,
          statuses[n % 5]!,
          now,
          now,
          now,
          now + 5_000,
          text,
        ],
      );
    }
  });
}

function depsOf({ database, store, bus }: BenchStore): JobDeps {
  const days = { complete: 7, failed: 30, cancelled: 7 };
  const settings = { days, emergencyDays: days, cleanupHour: 3, cleanupAtMb: 100, refuseAtMb: 1_024 };
  const retention = createRetention({ store, database, clock: systemClock, project: benchProject, settings });
  return {
    jobs: {
      store,
      database,
      bus,
      clock: systemClock,
      ids: systemIds,
      project: benchProject,
      admission: noLimits,
      retention,
      creator: { chain: '', model: 'none', offlineModel: 'none' },
      redact: redactSecrets,
      maxContextBytes: 100_000,
      leases: { leaseMs: 30_000, heartbeatMs: 10_000 },
      pollMs: 200,
    },
  };
}

async function times(count: number, action: (n: number) => Promise<unknown>): Promise<number[]> {
  const values: number[] = [];
  for (let n = 0; n < count; n++) {
    const startedAt = performance.now();
    await action(n);
    values.push(performance.now() - startedAt);
  }
  return values;
}
