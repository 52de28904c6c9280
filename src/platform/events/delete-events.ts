import type { Sql } from '../database/index.ts';

/** How a long deletion is cut up, so that it never holds the database for long. */
export interface DeletionPace {
  /** Most rows of the main table deleted by one statement, each in a transaction of its own. */
  batch: number;
  /** Called between two of them: others write meanwhile. A rejection ends the deletion; what was deleted stays so. */
  giveTurn(): Promise<void>;
}

/** A further condition over the columns of `events`, with the values of its placeholders. */
export interface EventCondition {
  text: string;
  parameters: readonly (string | number)[];
}

/**
 * Deletes events older than `before` (milliseconds since 1970), oldest first; resolves to how many. Goes through the outbox
 * in its order and ends where a whole batch is younger: an index on the time, which each new event would pay for, is not
 * needed, and the young ones are not read.
 */
export async function deleteEventsBefore(
  sql: Sql,
  before: number,
  { batch, giveTurn }: DeletionPace,
  only: EventCondition = { text: '1 = 1', parameters: [] },
): Promise<number> {
  let deleted = 0;
  for (let after = 0; ; await giveTurn()) {
    const row = await sql.get<{ last: number | null; oldest: number; found: number }>(
      `SELECT max(sequence) AS last, min(created_at) AS oldest, count(*) AS found FROM
         (SELECT sequence, created_at FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?) AS batch`,
      [after, batch],
    );
    const { last, oldest, found } = row!;
    if (last === null || oldest >= before) return deleted;
    deleted += await sql.run(
      `DELETE FROM events WHERE sequence > ? AND sequence <= ? AND created_at < ? AND ${only.text}`,
      [after, last, before, ...only.parameters],
    );
    if (found < batch) return deleted;
    after = last;
  }
}

/** Deletes the events that a condition over their columns names, oldest first; resolves to how many. */
export async function deleteEventsWhere(
  sql: Sql,
  condition: string,
  parameters: readonly (string | number)[],
  { batch, giveTurn }: DeletionPace,
): Promise<number> {
  let deleted = 0;
  for (let after = 0; ; await giveTurn()) {
    const row = await sql.get<{ last: number | null; found: number }>(
      `SELECT max(sequence) AS last, count(*) AS found FROM
         (SELECT sequence FROM events WHERE sequence > ? AND ${condition} ORDER BY sequence LIMIT ?) AS batch`,
      [after, ...parameters, batch],
    );
    const { last, found } = row!;
    if (last === null) return deleted;
    deleted += await sql.run(`DELETE FROM events WHERE sequence > ? AND sequence <= ? AND ${condition}`, [
      after,
      last,
      ...parameters,
    ]);
    if (found < batch) return deleted;
    after = last;
  }
}
