import type { NewEvent } from '../../../kernel/index.ts';
import type { Database, Sql } from '../../../platform/database/index.ts';
import { appendEvent, type EventBus } from '../../../platform/events/index.ts';

/** A transaction whose events are stored with its changes and told to this process after the commit. */
export interface EventTransaction {
  readonly sql: Sql;
  emit(event: NewEvent): Promise<void>;
}

/** Runs changes with their events in one transaction: all are stored, or nothing. */
export type Commit = <T>(at: number, work: (tx: EventTransaction) => Promise<T>) => Promise<T>;

/**
 * Makes the `Commit` of a database. `at` is milliseconds since 1970, the time of the events. Errors: also `database.replaced`,
 * since a request that nobody else sees waits for ever, and an approval in it is lost.
 */
export function committing(database: Database, bus: EventBus): Commit {
  return async (at, work) => {
    const lost = database.lostPlace();
    if (lost !== undefined) throw lost;
    const { value, events } = await database.transaction(async (sql) => {
      const events: NewEvent[] = [];
      const emit = async (event: NewEvent) => {
        await appendEvent(sql, event, at);
        events.push(event);
      };
      return { value: await work({ sql, emit }), events };
    });
    for (const event of events) bus.publish(event);
    return value;
  };
}
