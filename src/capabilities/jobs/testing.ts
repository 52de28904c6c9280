import { systemIds } from '../../kernel/index.ts';
import type { Job, NewJob } from './store/job.ts';
import type { ClaimRequest, JobStore } from './store/job-store.ts';

/** The project of jobs in tests. */
export const testProject = '/projects/shop';

/** Admits everything. */
export const noLimits = { maxWaiting: 0, maxCreatedPerMinute: 0 };

export function newJob(changes: Partial<NewJob> = {}): NewJob {
  return {
    id: systemIds.next(),
    project: testProject,
    persona: 'security',
    personaHash: 'hash',
    task: 'review src',
    context: null,
    priority: 'normal',
    chain: '',
    model: 'offline reviewer',
    caller: 'test',
    createdAt: Date.now(),
    sizeBytes: 0,
    retryOf: null,
    revises: null,
    ...changes,
  };
}

export function claimRequest(changes: Partial<ClaimRequest> = {}): ClaimRequest {
  return {
    project: testProject,
    owner: 'worker-1',
    leaseMs: 30_000,
    now: Date.now(),
    chains: [''],
    maxRunning: 0,
    ...changes,
  };
}

/** Inserts a job and resolves to its id. */
export async function insertJob(store: JobStore, changes: Partial<NewJob> = {}): Promise<string> {
  const job = newJob(changes);
  await store.insert(job, noLimits);
  return job.id;
}

/** Inserts a job and claims it, at a time of the test's own clock where it has one. */
export async function runningJob(
  store: JobStore,
  changes: Partial<NewJob> = {},
  now = Date.now(),
): Promise<Job> {
  const jobId = await insertJob(store, changes);
  const chains = changes.chain === undefined ? {} : { chains: [changes.chain] };
  const job = await store.claimNext(claimRequest({ jobId, now, ...chains }));
  if (job === undefined) throw new Error(`job ${jobId} could not be claimed`);
  return job;
}

export const leaseOf = (job: Job) => ({ jobId: job.id, attempt: job.attempt });
