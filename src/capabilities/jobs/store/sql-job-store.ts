import type { NewEvent } from '../../../kernel/index.ts';
import type { Database, Sql } from '../../../platform/database/index.ts';
import { appendEvent, type EventBus } from '../../../platform/events/index.ts';
import type { JobMove } from '../transitions.ts';
import { moved, moveJob, moveJobAndTell, unleased, type JobChanges } from './job-moves.ts';
import {
  copySteps,
  extendLease,
  holdsLease,
  readSteps,
  writeProgress,
  writeSpent,
  writeStep,
} from './job-progress.ts';
import { admit, anyWaiting, claimJob, claimJobAndTell, insertJob } from './job-queue.ts';
import * as reads from './job-reads.ts';
import { countEndedJobs, deleteEndedJobs } from './job-retention.ts';
import { jobOfRow, type JobRow } from './job-rows.ts';
import type { ClaimRequest, JobStore, Lease } from './job-store.ts';
import { rememberedStates } from './remembered-states.ts';
import { takeBackExpired } from './take-back-expired.ts';

/** The job store on SQLite and on PostgreSQL: one set of statements, proven by the conformance suite on both. */
export function sqlJobStore(database: Database, bus: EventBus): JobStore {
  /** Runs writes with their event in one transaction, then tells this process. */
  async function commit<T>(
    work: (tx: Sql) => Promise<{ value: T; events: NewEvent[]; at: number }>,
  ): Promise<T> {
    const done = await database.transaction(async (tx) => {
      const outcome = await work(tx);
      for (const event of outcome.events) await appendEvent(tx, event, outcome.at);
      return outcome;
    });
    for (const event of done.events) bus.publish(event);
    return done.value;
  }

  async function end(move: JobMove, lease: Lease, changes: JobChanges, at: number): Promise<void> {
    const target = { jobId: lease.jobId, lease };
    const all = { ...changes, ...unleased };
    if (database.dialect === 'postgres') {
      bus.publish(moved(move, await moveJobAndTell(database, move, target, all, at)));
      return;
    }
    await commit(async (tx) => {
      const row = await moveJob(tx, move, target, all);
      return { value: undefined, events: [moved(move, row)], at };
    });
  }

  /** Projects whose last claim found a job. */
  const foundLast = new Set<string>();

  /** A claim that counts what runs needs the project's lock, and so a transaction. */
  async function claim(request: ClaimRequest): Promise<JobRow | undefined> {
    if (database.dialect === 'postgres' && request.maxRunning === 0) {
      const row = await claimJobAndTell(database, request);
      if (row !== undefined) bus.publish(moved('claim', row));
      return row;
    }
    return commit(async (tx) => {
      if (request.maxRunning > 0) await lockProject(tx, request.project);
      const row = await claimJob(tx, request);
      return { value: row, events: row === undefined ? [] : [moved('claim', row)], at: request.now };
    });
  }

  return {
    insert: (job, limits, copyStepsFrom) =>
      commit(async (tx) => {
        if (limits.maxWaiting + limits.maxCreatedPerMinute > 0) await lockProject(tx, job.project);
        await admit(tx, job, limits);
        await insertJob(tx, job);
        const copied = copyStepsFrom === undefined ? 0 : await copySteps(tx, copyStepsFrom, job.id);
        const payload = {
          project: job.project,
          persona: job.persona,
          priority: job.priority,
          retry_of: job.retryOf,
        };
        return {
          value: copied,
          events: [{ name: 'jobs.created', entityId: job.id, payload }],
          at: job.createdAt,
        };
      }),

    async claimNext(request) {
      // On SQLite a look costs less than the write lock; on PostgreSQL it would be one more way to the server. Where the
      // last claim found a job, the next one likely does too, and the look is spared.
      const looks = database.dialect === 'sqlite' && !foundLast.has(request.project);
      if (looks && !(await anyWaiting(database, request.project))) return undefined;
      const row = await claim(request);
      if (row === undefined) foundLast.delete(request.project);
      else foundLast.add(request.project);
      return row === undefined ? undefined : jobOfRow(row);
    },

    holds: (lease) => holdsLease(database, lease),
    extendLease: (lease, until) => extendLease(database, lease, until),

    recordProgress: (lease, progress, at, more = {}) =>
      commit(async (tx) => {
        await writeProgress(tx, lease, progress, more);
        const payload = { phase: progress.phase, percent: progress.percent, message: progress.message };
        return {
          value: undefined,
          events: [{ name: 'jobs.progressed', entityId: lease.jobId, payload }],
          at,
        };
      }),

    appendStep: (lease, step, progress, at, partialResult) =>
      commit(async (tx) => {
        const number = await writeStep(tx, lease, step, progress, at, partialResult);
        const payload = {
          phase: progress.phase,
          percent: progress.percent,
          message: progress.message,
          step: number,
        };
        return { value: number, events: [{ name: 'jobs.progressed', entityId: lease.jobId, payload }], at };
      }),

    addSpent: (lease, spent) => writeSpent(database, lease, spent),

    complete: (lease, { text, data, model }, at, { startedAt } = {}) =>
      end(
        'complete',
        lease,
        {
          result: text,
          result_data: data,
          model,
          percent: 100,
          message: 'complete',
          eta_ms: null,
          partial_result: null,
          ended_at: at,
          ...(startedAt === undefined ? {} : { started_at: startedAt }),
        },
        at,
      ),

    fail: (lease, { code, message, remedy }, at, { partialResult, startedAt } = {}) =>
      end(
        'fail',
        lease,
        {
          error_code: code,
          error_message: message,
          error_remedy: remedy,
          ended_at: at,
          eta_ms: null,
          ...(partialResult === undefined ? {} : { partial_result: partialResult }),
          ...(startedAt === undefined ? {} : { started_at: startedAt }),
        },
        at,
      ),

    release: (lease, at) => end('release', lease, { started_at: null }, at),

    cancel: (jobId, at) =>
      commit(async (tx) => {
        const row = await moveJob(tx, 'cancel', { jobId }, { ended_at: at, eta_ms: null, ...unleased });
        return { value: jobOfRow(row), events: [moved('cancel', row)], at };
      }),

    takeBackExpired: (project, now, maxCrashes) =>
      takeBackExpired({ database, commit }, project, now, maxCrashes),

    get: (jobId) => reads.getJob(database, jobId),
    getState: rememberedStates(database, (jobId) => reads.getPolledJob(database, jobId)),
    resolveId: (project, idOrEnding) => reads.resolveJobId(database, project, idOrEnding),
    list: (filter, page) => reads.listJobs(database, filter, page),
    count: (filter) => reads.countJobs(database, filter),
    counts: (project) => reads.readCounts(database, project),
    queuePosition: (job) => reads.readQueuePosition(database, job),
    finished: (kind, limit) => reads.readFinished(database, kind, limit),
    steps: (jobId, page) => readSteps(database, jobId, page),
    deleteEnded: (project, before, pace) => deleteEndedJobs(database, project, before, pace),
    countEnded: (project, before) => countEndedJobs(database, project, before),
  };
}

/**
 * Makes a count and the write that depends on it one: without it two transactions could both find room for the last
 * job. SQLite has one writer at a time anyway.
 */
async function lockProject(tx: Sql, project: string): Promise<void> {
  if (tx.dialect === 'postgres') await tx.run('SELECT pg_advisory_xact_lock(hashtext(?))', [project]);
}
