import type { Clock } from '../../../kernel/index.ts';
import type { Database } from '../../../platform/database/index.ts';
import type { DeletionPace } from '../../../platform/events/index.ts';
import { jobErrors } from '../errors.ts';
import { deleteEventsOfDeletedJobs, deleteOldEvents } from '../store/job-retention.ts';
import type { JobStore, RetentionLimits } from '../store/job-store.ts';
import { lastDueAt, nextDueAt } from './schedule.ts';

/** Days after its end that a job is kept, by how it ended; fractions count. */
export interface RetentionDays {
  complete: number;
  failed: number;
  cancelled: number;
}

/** When ended jobs are deleted, and from what size on. Sizes in MB of 1,048,576 bytes. */
export interface RetentionSettings {
  days: RetentionDays;
  /** In force when the database is larger than `cleanupAtMb`. */
  emergencyDays: RetentionDays;
  /** Hour of the day, local time, 0 to 23. */
  cleanupHour: number;
  cleanupAtMb: number;
  /** New jobs are refused from this size on. */
  refuseAtMb: number;
}

/** What a clean-up did; `freedBytes` is 0 when the file did not become smaller. */
export interface CleanupReport {
  jobsDeleted: number;
  eventsDeleted: number;
  freedBytes: number;
}

/** Keeps the database small: deletes ended jobs by their age. Waiting and running jobs are never touched. */
export interface Retention {
  readonly settings: RetentionSettings;
  /** Refuses new jobs when the database is full. Looks at the size at most every five seconds. Errors: `jobs.database_full`. */
  assertRoom(): Promise<void>;
  /**
   * Cleans up if the day's hour has passed since the last time in any process, or the size valve says so. In batches, with
   * a pause after each in which others write. When it is ended in the middle, by its signal or with its process, all that
   * is left is whole, and the next clean-up takes the rest. Errors: the signal's reason.
   */
  runIfDue(signal?: AbortSignal): Promise<CleanupReport | undefined>;
  /** Deletes all ended jobs, in the same way. */
  deleteAllEnded(): Promise<CleanupReport>;
  /** How many ended jobs there are. */
  countAllEnded(): Promise<number>;
  lastRunAt(): Promise<number | null>;
  nextRunAt(): Promise<number>;
}

const dayMs = 86_400_000;
const bytesPerMb = 1_048_576;
/** The size is read from the disk at most this often; creating a job must not wait for it. */
const sizeFreshMs = 5_000;
/** The valve does not run again before this, or a database of young jobs would be scanned all day. */
const emergencyEveryMs = 3_600_000;
/** Jobs or events deleted by one statement: some tens of milliseconds, with the steps of each job. */
const batch = 500;
/** Pause after each, in which whoever waits for the lock gets it. */
const turnMs = 20;
const never = Number.MAX_SAFE_INTEGER;

/**
 * Opens retention over a store; nothing runs before it is asked to. Of all processes that ask after the same due time,
 * one cleans up.
 */
export function createRetention(options: {
  store: JobStore;
  database: Database;
  clock: Clock;
  project: string;
  settings: RetentionSettings;
}): Retention {
  const { store, database, clock, project, settings } = options;
  let size = { bytes: 0, readAt: Number.NEGATIVE_INFINITY };

  async function sizeBytes(): Promise<number> {
    if (clock.monotonicMs() - size.readAt > sizeFreshMs) {
      size = { bytes: await database.sizeBytes(), readAt: clock.monotonicMs() };
    }
    return size.bytes;
  }

  async function cleanUp(
    before: RetentionLimits,
    deleteEvents: (pace: DeletionPace) => Promise<number>,
    signal?: AbortSignal,
  ): Promise<CleanupReport> {
    const pace = { batch, giveTurn: () => clock.sleep(turnMs, { signal }) };
    const sizeBefore = await database.sizeBytes();
    const jobsDeleted = await store.deleteEnded(project, before, pace);
    signal?.throwIfAborted();
    const eventsDeleted = await deleteEvents(pace);
    signal?.throwIfAborted();
    if (jobsDeleted + eventsDeleted > 0) await database.reclaim();
    size = { bytes: await database.sizeBytes(), readAt: clock.monotonicMs() };
    return { jobsDeleted, eventsDeleted, freedBytes: Math.max(0, sizeBefore - size.bytes) };
  }

  const cutOff = (days: RetentionDays): RetentionLimits => ({
    complete: clock.now() - days.complete * dayMs,
    failed: clock.now() - days.failed * dayMs,
    cancelled: clock.now() - days.cancelled * dayMs,
  });

  /** True for exactly one of all processes that ask after `dueAt`. */
  async function takeTurn(name: string, dueAt: number): Promise<boolean> {
    // Mostly nothing is due, and a look takes no lock.
    const last = await ranAt(name);
    if (last !== null && last >= dueAt && last <= clock.now() + dayMs) return false;
    const taken = await database.run(
      `INSERT INTO maintenance (name, last_run_at) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET last_run_at = excluded.last_run_at
       WHERE maintenance.last_run_at < ? OR maintenance.last_run_at > ?`,
      // A time that lies in the future was written by a clock that has been set back since: it must not stand.
      [`${name} ${project}`, clock.now(), dueAt, clock.now() + dayMs],
    );
    return taken === 1;
  }

  async function ranAt(name: string): Promise<number | null> {
    const row = await database.get<{ last_run_at: number }>(
      'SELECT last_run_at FROM maintenance WHERE name = ?',
      [`${name} ${project}`],
    );
    return row?.last_run_at ?? null;
  }

  return {
    settings,
    lastRunAt: () => ranAt('daily'),
    async assertRoom() {
      const limitBytes = settings.refuseAtMb * bytesPerMb;
      if ((await sizeBytes()) < limitBytes) return;
      const sizeMb = Math.round(size.bytes / bytesPerMb);
      throw jobErrors.make('jobs.database_full', { sizeMb, limitMb: settings.refuseAtMb });
    },
    async runIfDue(signal) {
      const now = clock.now();
      const eventsOlderThan = (days: number) => (pace: DeletionPace) =>
        deleteOldEvents(database, project, now - days * dayMs, pace);
      if (await takeTurn('daily', lastDueAt(now, settings.cleanupHour))) {
        return cleanUp(cutOff(settings.days), eventsOlderThan(settings.days.complete), signal);
      }
      const tooLarge = (await sizeBytes()) > settings.cleanupAtMb * bytesPerMb;
      if (tooLarge && (await takeTurn('emergency', now - emergencyEveryMs))) {
        const { emergencyDays: days } = settings;
        return cleanUp(cutOff(days), eventsOlderThan(days.complete), signal);
      }
      return undefined;
    },
    deleteAllEnded: () =>
      cleanUp({ complete: never, failed: never, cancelled: never }, (pace) =>
        deleteEventsOfDeletedJobs(database, pace),
      ),
    countAllEnded: () => store.countEnded(project, { complete: never, failed: never, cancelled: never }),
    async nextRunAt() {
      return nextDueAt(clock.now(), settings.cleanupHour);
    },
  };
}
