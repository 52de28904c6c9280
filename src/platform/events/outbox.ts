import type { Clock, NewEvent, StoredEvent } from '../../kernel/index.ts';
import type { Database, Sql } from '../database/index.ts';

/**
 * Writes an event in the transaction that causes it, so that the change and its event are stored together or not
 * at all. `at` is milliseconds since 1970.
 */
export async function appendEvent(tx: Sql, event: NewEvent, at: number): Promise<void> {
  await tx.run('INSERT INTO events (name, entity_id, payload, created_at) VALUES (?, ?, ?, ?)', [
    event.name,
    event.entityId,
    JSON.stringify(event.payload),
    at,
  ]);
}

/**
 * The same as a part of a bigger statement on PostgreSQL: inserts one event for each row of `source`. `payload` is a
 * JSON expression over its columns; the one placeholder is the time, milliseconds since 1970.
 */
export function insertEventsFrom(source: string, event: { name: string; payload: string }): string {
  return `INSERT INTO events (name, entity_id, payload, created_at)
    SELECT '${event.name}', id, (${event.payload})::text, ?::bigint FROM ${source}`;
}

interface EventRow {
  position: string;
  name: string;
  entity_id: string;
  payload: string;
  created_at: number;
}

/** The position before the first event. */
export const firstPosition = '0.0';

/**
 * Events after a position, oldest first, at most `limit`; each of them exactly once for a reader that goes on from
 * the last position it was given.
 *
 * On PostgreSQL sequence numbers are taken before commit, so a plain "greater than the last" would lose events of
 * transactions that commit late. There the position is (transaction, sequence), and only events of transactions
 * older than every open one are returned.
 */
export async function readEvents(
  sql: Sql,
  { after, limit, entityId }: { after: string; limit: number; entityId?: string | undefined },
): Promise<StoredEvent[]> {
  const [transaction, sequence] = after.split('.') as [string, string];
  const entity = entityId === undefined ? '' : 'AND entity_id = ?';
  const rest = entityId === undefined ? [limit] : [entityId, limit];
  const rows =
    sql.dialect === 'sqlite'
      ? await sql.all<EventRow>(
          `SELECT '0.' || sequence AS position, name, entity_id, payload, created_at FROM events
           WHERE sequence > ? ${entity} ORDER BY sequence LIMIT ?`,
          [Number(sequence), ...rest],
        )
      : await sql.all<EventRow>(
          `SELECT xid::text || '.' || sequence AS position, name, entity_id, payload, created_at FROM events
           WHERE (xid, sequence) > (?::text::xid8, ?::bigint)
             AND xid < pg_snapshot_xmin(pg_current_snapshot()) ${entity}
           ORDER BY xid, sequence LIMIT ?`,
          [transaction, Number(sequence), ...rest],
        );
  return rows.map((row) => ({
    position: row.position,
    name: row.name,
    entityId: row.entity_id,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    at: row.created_at,
  }));
}

/**
 * Waits until some process has committed a change, `timeoutMs` has passed, or the signal aborts; never throws for
 * the last two. Polls the database's change marker every `pollMs` milliseconds.
 */
export async function waitForChange(
  database: Database,
  options: { marker: string; timeoutMs: number; pollMs: number; clock: Clock; signal?: AbortSignal },
): Promise<void> {
  const { clock, signal } = options;
  const until = clock.monotonicMs() + options.timeoutMs;
  while (signal?.aborted !== true) {
    const leftMs = until - clock.monotonicMs();
    if (leftMs <= 0 || (await database.changeMarker()) !== options.marker) return;
    await clock.sleep(Math.min(options.pollMs, leftMs), { signal }).catch(() => undefined);
  }
}
