import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { systemClock } from '../../kernel/index.ts';
import { openPostgresDatabase } from '../database/index.ts';
import {
  openTestSqlite,
  patientConnectMs,
  skippingClock,
  startTestPostgres,
  temporaryFolder,
} from '../database/testing.ts';
import { eventMigrations } from './events-migration.ts';
import { appendEvent, firstPosition, readEvents, waitForChange } from './outbox.ts';
import { outboxConformance } from './outbox.conformance.ts';

const postgres = await startTestPostgres();
after(() => postgres.stop());

outboxConformance('SQLite', (t) => openTestSqlite(t, { migrations: eventMigrations }));
outboxConformance('PostgreSQL', (t) => postgres.open(t, eventMigrations));

describe('the outbox on PostgreSQL, where transactions overlap', () => {
  it('loses no event of a transaction that began first and commits last', async (t) => {
    const database = await postgres.open(t, eventMigrations);
    const event = (n: number) => ({ name: 'test.happened', entityId: 'job', payload: { n } });
    const written = Promise.withResolvers<undefined>();
    const gate = Promise.withResolvers<undefined>();
    const late = database.transaction(async (tx) => {
      await appendEvent(tx, event(1), 0);
      written.resolve(undefined);
      await gate.promise;
    });
    await written.promise;
    await database.transaction((tx) => appendEvent(tx, event(2), 0));

    // A reader comes between the two commits: whatever it is given, nothing may be skipped later.
    const seen: unknown[] = [];
    let position = firstPosition;
    const read = async () => {
      for (const found of await readEvents(database, { after: position, limit: 10 })) {
        seen.push(found.payload['n']);
        position = found.position;
      }
    };
    await read();
    assert.deepEqual(seen, []);
    gate.resolve(undefined);
    await late;
    await read();
    assert.deepEqual(seen, [1, 2]);
  });

  it('loses none when many write at once while somebody reads', async (t) => {
    const url = await postgres.createUrl();
    const openOne = async () => {
      const database = await openPostgresDatabase({
        url,
        maxConnections: 8,
        connectTimeoutMs: patientConnectMs,
        clock: systemClock,
        tables: [],
      });
      t.after(() => database.close());
      return database;
    };
    const database = await openOne();
    for (const statement of eventMigrations.flatMap(({ statements }) => statements('postgres')))
      await database.run(statement);
    const reader = await openOne();
    const total = 120;
    let writing = true;
    const all = Promise.all(
      Array.from({ length: total }, (_, n) =>
        database.transaction(async (tx) => {
          await appendEvent(tx, { name: 'test.happened', entityId: `job-${n % 4}`, payload: { n } }, 0);
          if (n % 3 === 0) await tx.get('SELECT pg_sleep(0.003)');
        }),
      ),
    ).then(() => (writing = false));
    const seen: number[] = [];
    let position = firstPosition;
    for (let done = false; !done;) {
      done = !writing;
      const page = await readEvents(reader, { after: position, limit: 7 });
      if (page.length > 0) done = false;
      for (const found of page) seen.push(found.payload['n'] as number);
      position = page.at(-1)?.position ?? position;
    }
    await all;
    assert.equal(seen.length, total, 'each exactly once');
    assert.deepEqual(new Set(seen), new Set(Array(total).keys()));
  });
});

describe('waiting for a change', () => {
  it('ends when another process commits', async (t) => {
    const folder = await temporaryFolder(t);
    const database = await openTestSqlite(t, { folder, migrations: eventMigrations });
    const other = await openTestSqlite(t, { folder });
    let polls = 0;
    const clock = skippingClock(async () => {
      if (++polls === 3) await other.run("UPDATE schema_migrations SET id = id || ''");
    });
    const marker = await database.changeMarker();
    await waitForChange(database, { marker, timeoutMs: 60_000, pollMs: 200, clock });
    assert.equal(polls, 3);
  });

  it('answers at once when something has changed since the marker was taken', async (t) => {
    const database = await openTestSqlite(t, { migrations: eventMigrations });
    const clock = skippingClock(() => assert.fail('there is nothing to wait for'));
    await waitForChange(database, { marker: 'an older one', timeoutMs: 60_000, pollMs: 200, clock });
  });

  it('ends when the time is over, and never sleeps past it', async (t) => {
    const database = await openTestSqlite(t, { migrations: eventMigrations });
    const clock = skippingClock();
    const marker = await database.changeMarker();
    await waitForChange(database, { marker, timeoutMs: 1_050, pollMs: 200, clock });
    assert.equal(clock.monotonicMs(), 1_050);
  });

  it('ends when the caller gives up', async (t) => {
    const database = await openTestSqlite(t, { migrations: eventMigrations });
    const giveUp = new AbortController();
    let polls = 0;
    const clock = skippingClock(() => {
      if (++polls === 2) giveUp.abort();
    });
    const marker = await database.changeMarker();
    await waitForChange(database, { marker, timeoutMs: 60_000, pollMs: 200, clock, signal: giveUp.signal });
    assert.equal(polls, 2);
  });
});
