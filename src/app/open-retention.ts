import type { Database } from '../platform/database/index.ts';
import { createRetention, type JobStore, type Retention } from '../capabilities/jobs/index.ts';
import type { ProjectContext } from './project-context.ts';

/** The clean-up of a project's jobs, by its settings. Opens nothing by itself. */
export function openRetention(
  { clock, settings }: ProjectContext,
  parts: { store: JobStore; database: Database; project: string },
): Retention {
  const { retention, database } = settings.values;
  return createRetention({
    ...parts,
    clock,
    settings: {
      days: {
        complete: retention.completeDays,
        failed: retention.failedDays,
        cancelled: retention.cancelledDays,
      },
      emergencyDays: {
        complete: retention.emergencyCompleteDays,
        failed: retention.emergencyFailedDays,
        cancelled: retention.emergencyCancelledDays,
      },
      cleanupHour: retention.cleanupHour,
      cleanupAtMb: database.cleanupAtMb,
      refuseAtMb: database.refuseAtMb,
    },
  });
}
