import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { Database } from '../database/index.ts';
import { deleteEventsBefore } from './delete-events.ts';
import { appendEvent, firstPosition, readEvents } from './outbox.ts';

/** What the outbox must do on every database. `open` gives an empty one with its table. */
export function outboxConformance(name: string, open: (t: TestContext) => Promise<Database>): void {
  const event = (entityId: string, n: number) => ({ name: 'test.happened', entityId, payload: { n } });
  const append = (database: Database, entityId: string, n: number) =>
    database.transaction((tx) => appendEvent(tx, event(entityId, n), 1_000 + n));
  const numbers = (events: readonly { payload: Record<string, unknown> }[]) =>
    events.map(({ payload }) => payload['n']);

  describe(`the outbox on ${name}`, () => {
    it('gives events back as they were written, oldest first', async (t) => {
      const database = await open(t);
      const payload = { text: 'Prüfung “ok”', list: [1, null, { deep: true }] };
      await append(database, 'job-1', 1);
      await database.transaction((tx) =>
        appendEvent(tx, { name: 'test.ended', entityId: 'job-2', payload }, 1_763_000_000_000),
      );
      const [first, second] = await readEvents(database, { after: firstPosition, limit: 10 });
      assert.partialDeepStrictEqual(first, { ...event('job-1', 1), at: 1_001 });
      assert.partialDeepStrictEqual(second, {
        name: 'test.ended',
        entityId: 'job-2',
        payload,
        at: 1_763_000_000_000,
      });
    });

    it('keeps no event of a transaction that was undone', async (t) => {
      const database = await open(t);
      const undone = database.transaction(async (tx) => {
        await appendEvent(tx, event('job-1', 1), 0);
        throw new Error('undone');
      });
      await assert.rejects(undone, /undone/);
      assert.deepEqual(await readEvents(database, { after: firstPosition, limit: 10 }), []);
    });

    it('gives each event exactly once to a reader who goes on from the last position, whatever the page', async (t) => {
      const database = await open(t);
      const total = 23;
      for (let n = 0; n < total; n++) await append(database, `job-${n % 3}`, n);
      const property = fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
        const seen: unknown[] = [];
        let after = firstPosition;
        for (;;) {
          const page = await readEvents(database, { after, limit });
          seen.push(...numbers(page));
          if (page.length === 0) break;
          after = page.at(-1)!.position;
        }
        assert.deepEqual(seen, [...Array(total).keys()]);
      });
      await fc.assert(property, { numRuns: 15 });
    });

    it('gives the events of one entity alone, in order', async (t) => {
      const database = await open(t);
      for (let n = 0; n < 9; n++) await append(database, `job-${n % 3}`, n);
      const own = await readEvents(database, { after: firstPosition, limit: 10, entityId: 'job-1' });
      assert.deepEqual(numbers(own), [1, 4, 7]);
    });

    it('goes on counting after old events were deleted', async (t) => {
      const database = await open(t);
      for (let n = 0; n < 4; n++) await append(database, 'job-1', n);
      const after = (await readEvents(database, { after: firstPosition, limit: 10 })).at(-1)!.position;
      let turns = 0;
      const pace = { batch: 1, giveTurn: async () => void (turns += 1) };
      assert.equal(await deleteEventsBefore(database, 1_002, pace), 2);
      assert.equal(turns, 2);
      assert.deepEqual(numbers(await readEvents(database, { after: firstPosition, limit: 10 })), [2, 3]);
      assert.equal(await deleteEventsBefore(database, 9_999, pace), 2);
      await append(database, 'job-1', 4);
      assert.deepEqual(numbers(await readEvents(database, { after, limit: 10 })), [4]);
    });
  });
}
