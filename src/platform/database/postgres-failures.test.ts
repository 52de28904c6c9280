import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { isAppError, systemClock, type Clock } from '../../kernel/index.ts';
import { openPostgresDatabase } from './postgres-database.ts';
import { rethrow } from './postgres-failures.ts';
import { patientConnectMs, startTestPostgres } from './testing.ts';

const postgres = await startTestPostgres();
after(() => postgres.stop());

const withSetting = (url: string, setting: string) => `${url}${encodeURIComponent(` -c ${setting}`)}`;

/** A clock that notes the pauses and waits for none. */
function pausingClock(): Clock & { pauses: number[] } {
  const pauses: number[] = [];
  return {
    ...systemClock,
    pauses,
    async sleep(ms) {
      pauses.push(ms);
    },
  };
}

describe('what PostgreSQL fails on', () => {
  it('is named as unreachable where the host is unknown', () => {
    for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED']) {
      const failed = Object.assign(new Error(`getaddrinfo ${code} db.exmaple`), { code });
      assert.throws(() => rethrow(failed), { code: 'database.unreachable', retryable: true });
    }
  });

  it('is named as not writable on a standby, and for an account without the right', async (t) => {
    const url = await postgres.createUrl();
    for (const setting of ['default_transaction_read_only=on', 'role=pg_monitor']) {
      const database = await openPostgresDatabase({
        url: withSetting(url, setting),
        maxConnections: 1,
        connectTimeoutMs: patientConnectMs,
        clock: systemClock,
        tables: [],
      });
      t.after(() => database.close());
      for (const write of [
        () => database.run('CREATE SCHEMA notes'),
        () => database.transaction((tx) => tx.run('CREATE SCHEMA notes')),
      ]) {
        await assert.rejects(write, (error) => {
          assert.ok(isAppError(error, 'database.read_only'), String(error));
          assert.match(error.message, /^The PostgreSQL database cannot be written: \S/);
          return true;
        });
      }
    }
  });
});

describe('a change that PostgreSQL undoes for the sake of others', () => {
  it('is done again: of two transactions that wait for each other both are stored', async (t) => {
    const url = withSetting(await postgres.createUrl(), 'deadlock_timeout=10ms');
    const options = {
      url,
      maxConnections: 4,
      connectTimeoutMs: patientConnectMs,
      clock: pausingClock(),
      tables: [],
    };
    const database = await openPostgresDatabase(options);
    t.after(() => database.close());
    await database.run('CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)');
    await database.run("INSERT INTO counters VALUES ('a', 0), ('b', 0)");
    const add = 'UPDATE counters SET value = value + 1 WHERE name = ?';
    let runs = 0;
    const holdOne = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const crosswise = (n: 0 | 1) =>
      database.transaction(async (tx) => {
        runs += 1;
        await tx.run(add, ['ab'[n]!]);
        holdOne[n]!.resolve(undefined);
        await holdOne[1 - n]!.promise;
        await tx.run(add, ['ab'[1 - n]!]);
      });
    await Promise.all([crosswise(0), crosswise(1)]);
    assert.ok(runs > 2, 'neither was in the way of the other');
    assert.ok(options.clock.pauses.length > 0);
    const rows = await database.all<{ value: number }>('SELECT value FROM counters');
    assert.deepEqual(
      rows.map(({ value }) => value),
      [2, 2],
    );
  });

  it('is tried a few times, ever more slowly, and then named as something to try later', async (t) => {
    const clock = pausingClock();
    const url = await postgres.createUrl();
    const options = {
      url,
      maxConnections: 1,
      connectTimeoutMs: patientConnectMs,
      clock,
      tables: [],
      random: () => 0.5,
    };
    const database = await openPostgresDatabase(options);
    t.after(() => database.close());
    const undone = "DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '40001'; END $$";
    await assert.rejects(
      database.transaction((tx) => tx.run(undone)),
      {
        code: 'database.contended',
        retryable: true,
        details: { database: 'The PostgreSQL database', attempts: 5, reason: 'in the way' },
      },
    );
    assert.deepEqual(clock.pauses, [10, 20, 40, 80]);
    await assert.rejects(database.run(undone), { code: 'database.contended' });
    assert.equal((await database.get<{ n: number }>('SELECT 1 AS n'))!.n, 1, 'the connection is still good');
  });
});
