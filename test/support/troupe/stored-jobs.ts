import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface StoredEventRow {
  name: string;
  jobId: string;
  payload: { attempt?: number; step?: number; status?: string };
}

/** Reads a project's database as it stands, beside the processes that use it. */
export function readStored<Value>(root: string, read: (database: DatabaseSync) => Value): Value {
  const database = new DatabaseSync(join(root, '.agent-os', 'troupe.db'), { readOnly: true, timeout: 5_000 });
  try {
    return read(database);
  } finally {
    database.close();
  }
}

/** Every event of the project's jobs, oldest first. */
export function storedEvents(root: string): StoredEventRow[] {
  const rows = readStored(root, (database) =>
    database
      .prepare("SELECT name, entity_id, payload FROM events WHERE name LIKE 'jobs.%' ORDER BY sequence")
      .all(),
  ) as { name: string; entity_id: string; payload: string }[];
  return rows.map(({ name, entity_id: jobId, payload }) => ({
    name,
    jobId,
    payload: JSON.parse(payload) as StoredEventRow['payload'],
  }));
}

const endings = new Set(['jobs.completed', 'jobs.failed', 'jobs.cancelled']);

/** What happened to each job, by its events: how often it was claimed, and how it ended. */
export function jobHistories(root: string): Map<string, { claims: number; endings: string[] }> {
  const histories = new Map<string, { claims: number; endings: string[] }>();
  for (const { name, jobId } of storedEvents(root)) {
    const history = histories.get(jobId) ?? { claims: 0, endings: [] };
    histories.set(jobId, history);
    if (name === 'jobs.claimed') history.claims += 1;
    if (endings.has(name)) history.endings.push(name);
  }
  return histories;
}
