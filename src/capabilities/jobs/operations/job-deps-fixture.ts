import type { TestContext } from 'node:test';
import { invoke, systemClock, systemIds, type Call, type Clock } from '../../../kernel/index.ts';
import { redactSecrets } from '../../analyzers/index.ts';
import type { PersonaDeps } from '../../personas/index.ts';
import { personaProject } from '../../personas/testing.ts';
import { createRetention, type RetentionSettings } from '../retention/retention.ts';
import { testProject } from '../testing.ts';
import { openSide, type Side } from '../worker/pool-fixture.ts';
import { cancelJob } from './cancel-job.ts';
import { checkJob } from './check-job.ts';
import type { JobDeps } from './job-deps.ts';
import { listJobs } from './list-jobs.ts';
import { readStats } from './read-stats.ts';
import { resetJobs } from './reset-jobs.ts';
import { retryJob } from './retry-job.ts';
import { showSteps } from './show-steps.ts';

type OperationDeps = JobDeps & Pick<PersonaDeps, 'personas'>;

export const retentionSettings: RetentionSettings = {
  days: { complete: 7, failed: 30, cancelled: 7 },
  emergencyDays: { complete: 3, failed: 14, cancelled: 1 },
  cleanupHour: 3,
  cleanupAtMb: 100,
  refuseAtMb: 1_024,
};

/** What the operations need, on a real database, and each operation as a door calls it. */
export async function openJobDeps(
  t: TestContext,
  changes: { clock?: Clock; folder?: string; limits?: Partial<RetentionSettings> } & Partial<
    JobDeps['jobs']
  > = {},
): Promise<{
  side: Side;
  deps: OperationDeps;
  call: (given?: Partial<Call>) => ReturnType<typeof callsOf>;
}> {
  const { clock = systemClock, folder, limits, ...rest } = changes;
  const side = await openSide(t, folder === undefined ? {} : { folder });
  const retention = createRetention({
    store: side.store,
    database: side.database,
    clock,
    project: testProject,
    settings: { ...retentionSettings, ...limits },
  });
  const { registry: personas } = await personaProject(t);
  const deps: OperationDeps = {
    personas,
    jobs: {
      store: side.store,
      database: side.database,
      bus: side.bus,
      clock,
      ids: systemIds,
      project: testProject,
      admission: { maxWaiting: 500, maxCreatedPerMinute: 60 },
      retention,
      creator: { chain: '', model: 'offline reviewer', offlineModel: 'offline reviewer' },
      redact: redactSecrets,
      maxContextBytes: 100_000,
      pollMs: 5,
      leases: { leaseMs: 30_000, heartbeatMs: 10_000 },
      ...rest,
    },
  };
  return { side, deps, call: (given = {}) => callsOf(deps, { door: 'internal', caller: 'test', ...given }) };
}

function callsOf(deps: OperationDeps, call: Call) {
  const context = { deps, call };
  return {
    check: (input: object) => invoke(checkJob, input, context),
    list: (input: object = {}) => invoke(listJobs, input, context),
    cancel: (job_id: string) => invoke(cancelJob, { job_id }, context),
    retry: (job_id: string) => invoke(retryJob, { job_id }, context),
    stats: () => invoke(readStats, {}, context),
    reset: (input: object) => invoke(resetJobs, input, context),
    steps: (input: object) => invoke(showSteps, input, context),
  };
}
