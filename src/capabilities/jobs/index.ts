import { cancelJob } from './operations/cancel-job.ts';
import { checkJob } from './operations/check-job.ts';
import { listJobs } from './operations/list-jobs.ts';
import { readStats } from './operations/read-stats.ts';
import { resetJobs } from './operations/reset-jobs.ts';
import { retryJob } from './operations/retry-job.ts';
import { showSteps } from './operations/show-steps.ts';

/** Every use case on jobs; doors derive from this list. */
export const jobOperations = [
  checkJob,
  listJobs,
  cancelJob,
  retryJob,
  readStats,
  resetJobs,
  showSteps,
] as const;

export { createJob } from './create-job.ts';
export type { JobRequest } from './create-job.ts';
export { jobErrors } from './errors.ts';
export { jobMigrations } from './migrations/index.ts';
export type { Creator, JobDeps } from './operations/job-deps.ts';
export { createRetention } from './retention/retention.ts';
export type { CleanupReport, Retention, RetentionDays, RetentionSettings } from './retention/retention.ts';
export type { Job, JobFailure, JobProgress, NewJob, NewStep, Step } from './store/job.ts';
export type { AdmissionLimits, JobStore, Lease } from './store/job-store.ts';
export { sqlJobFigures } from './store/job-figures.ts';
export type { DurationFigures, JobFigures, JobGroup, QueueFigures } from './store/job-figures.ts';
export { sqlJobStore } from './store/sql-job-store.ts';
export type { JobMove } from './transitions.ts';
export type { Attempt, Outcome, RunJob, Standing } from './worker/attempt.ts';
export { createWorkerPool } from './worker/worker-pool.ts';
export type { WorkerPool, WorkerPoolOptions, WorkerPoolSettings } from './worker/worker-pool.ts';
