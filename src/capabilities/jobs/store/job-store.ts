import type { DeletionPace } from '../../../platform/events/index.ts';
import type { JobStatus } from '../contract/index.ts';
import type { Job, JobFailure, JobProgress, ListedJob, NewJob, NewStep, PolledJob, Step } from './job.ts';

/** The attempt that holds a job; every write of a worker carries it. */
export interface Lease {
  jobId: string;
  attempt: number;
}

export interface AdmissionLimits {
  /** Jobs that may wait in the project; 0 for no limit. */
  maxWaiting: number;
  /** Jobs one caller may create in 60 s; 0 for no limit. */
  maxCreatedPerMinute: number;
}

export interface ClaimRequest {
  project: string;
  owner: string;
  /** Milliseconds until the lease runs out unless it is extended. */
  leaseMs: number;
  now: number;
  /** Fingerprints of the model chains this worker can serve; '' is the offline reviewer. */
  chains: readonly string[];
  /** Jobs that may run in the project at once, over all processes; 0 for no limit. */
  maxRunning: number;
  /** Only this job. */
  jobId?: string | undefined;
}

export interface JobFilter {
  project: string;
  status?: JobStatus | undefined;
  persona?: string | undefined;
}

export interface RetentionLimits {
  /** Ended before these times (milliseconds since 1970), by status. */
  complete: number;
  failed: number;
  cancelled: number;
}

export interface JobCounts {
  byStatus: Record<JobStatus, number>;
  total: number;
  oldestCreatedAt: number | null;
}

/** How long a finished job took, for estimates. */
export interface FinishedJob {
  durationMs: number;
  sizeBytes: number;
}

/** Jobs alike in what they take: one persona, answered by one model chain or by the offline reviewer. */
export type JobKind = Pick<Job, 'project' | 'persona' | 'chain'>;

/** What tells a waiting job's place. */
export type QueuedJob = Pick<Job, 'id' | 'project' | 'priority' | 'createdAt'>;

/**
 * Where jobs live. Every change is one conditional write with its event in the same transaction; a worker's writes
 * happen only while its attempt holds the job. All errors of `Sql` may occur, `database.busy` above all.
 */
export interface JobStore {
  /**
   * Adds a pending job; with `copyStepsFrom` it starts behind those finished steps, taken over in the same
   * transaction. Resolves to the number of steps taken over.
   * Errors: `jobs.queue_full`, `jobs.rate_limited` (nothing is stored).
   */
  insert(job: NewJob, limits: AdmissionLimits, copyStepsFrom?: string): Promise<number>;
  get(jobId: string): Promise<Job | undefined>;
  /** As `get`, without what only the work needs. For polling. */
  getState(jobId: string): Promise<PolledJob | undefined>;
  /**
   * The full id for an id or a unique ending of one.
   * Errors: `jobs.not_found`, `jobs.ambiguous_id`.
   */
  resolveId(project: string, idOrEnding: string): Promise<string>;
  /** Newest first; `before` is the id of the last job of the previous page. */
  list(filter: JobFilter, page: { limit: number; before?: string | undefined }): Promise<ListedJob[]>;
  count(filter: JobFilter): Promise<number>;
  counts(project: string): Promise<JobCounts>;
  /** 1 for the job that is taken next. */
  queuePosition(job: QueuedJob): Promise<number>;
  /**
   * Of the newest complete jobs of a persona those that the same model chain, or the offline reviewer, answered in one
   * attempt and that were no retries; newest first, at most `limit`.
   */
  finished(kind: JobKind, limit: number): Promise<FinishedJob[]>;

  /**
   * Leases the pending job with the lowest order number (age, less the head start of its priority).
   * Guarantee: of any number of concurrent callers, in any process, at most one gets a given job.
   * Resolves to `undefined` when there is nothing this worker can take; never waits.
   */
  claimNext(request: ClaimRequest): Promise<Job | undefined>;
  /** Whether the attempt still holds its job: false once it was cancelled, ended or taken up by another. */
  holds(lease: Lease): Promise<boolean>;
  /** Extends the lease. Errors: `jobs.lease_lost`, `jobs.illegal_move` (cancelled, ended), `jobs.not_found`. */
  extendLease(lease: Lease, until: number): Promise<void>;
  /**
   * Writes progress and, where given, the partial result and the size. Percent never goes back, whatever is given.
   * Errors: as `extendLease`.
   */
  recordProgress(
    lease: Lease,
    progress: JobProgress,
    at: number,
    more?: { partialResult?: string | undefined; sizeBytes?: number | undefined },
  ): Promise<void>;
  /** Stores a finished step with its tokens, cost and progress. Errors: as `extendLease`. */
  appendStep(
    lease: Lease,
    step: NewStep,
    progress: JobProgress,
    at: number,
    partialResult?: string,
  ): Promise<number>;
  /**
   * Adds what a model cost whose turn never ended, so that there is no step with it. It was spent also where the job was
   * cancelled meanwhile; for an attempt that another has followed nothing changes.
   */
  addSpent(lease: Lease, spent: Pick<NewStep, 'tokensInput' | 'tokensOutput' | 'costUsd'>): Promise<void>;
  /** Finished steps after a number, in order. */
  steps(jobId: string, page: { after: number; limit: number }): Promise<Step[]>;

  /**
   * Ends a job with its result; `startedAt` replaces the attempt's start where the clock was set meanwhile.
   * Errors: as `extendLease`.
   */
  complete(
    lease: Lease,
    result: { text: string; data: string | null; model: string },
    at: number,
    more?: { startedAt?: number | undefined },
  ): Promise<void>;
  /** Ends a job with an error; the partial result is kept, or replaced where one is given. Else as `complete`. */
  fail(
    lease: Lease,
    failure: JobFailure,
    at: number,
    more?: { partialResult?: string | undefined; startedAt?: number | undefined },
  ): Promise<void>;
  /** Hands a job back unfinished: it has no start until it is taken up again. Errors: as `extendLease`. */
  release(lease: Lease, at: number): Promise<void>;
  /** Stops a job, waiting or running. Errors: `jobs.illegal_move` (already ended), `jobs.not_found`. */
  cancel(jobId: string, at: number): Promise<Job>;
  /**
   * Takes back the jobs whose lease ran out: pending again, or failed after `maxCrashes`, with their partial
   * result. Resolves to their ids.
   */
  takeBackExpired(project: string, now: number, maxCrashes: number): Promise<string[]>;

  /**
   * Deletes ended jobs by the time they ended, a batch after the other; resolves to how many. Waiting and running jobs are
   * never deleted. A job goes with all its steps or stays whole, also where the deletion ends in the middle.
   */
  deleteEnded(project: string, before: RetentionLimits, pace: DeletionPace): Promise<number>;
  /** How many `deleteEnded` would delete. */
  countEnded(project: string, before: RetentionLimits): Promise<number>;
}
