import type { Database } from '../../../platform/database/index.ts';
import type { PolledJob } from './job.ts';

/** States kept: those of the jobs that clients of one process are waiting for. */
const maxRemembered = 16;

/**
 * Reads jobs, and reads one again only when the database has changed since: a client that polls costs a look at the
 * marker, a third of a read. On PostgreSQL the marker is a question to the server like the read itself, so there each
 * read is made. What is returned is shared: it must not be changed.
 */
export function rememberedStates(
  database: Database,
  read: (jobId: string) => Promise<PolledJob | undefined>,
): (jobId: string) => Promise<PolledJob | undefined> {
  if (database.dialect !== 'sqlite') return read;
  const remembered = new Map<string, { marker: string; job: PolledJob }>();
  return async (jobId) => {
    // Before the read: what is committed in between shows in the next marker.
    const marker = await database.changeMarker();
    const known = remembered.get(jobId);
    if (known?.marker === marker) return known.job;
    const job = await read(jobId);
    remembered.delete(jobId);
    if (job === undefined) return undefined;
    const oldest = remembered.keys().next();
    if (remembered.size >= maxRemembered && oldest.done !== true) remembered.delete(oldest.value);
    remembered.set(jobId, { marker, job });
    return job;
  };
}
