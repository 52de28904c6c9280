import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { after, describe, it, type TestContext } from 'node:test';
import { isAppError, systemClock } from '../../kernel/index.ts';
import type { Sql } from './database.ts';
import { openPostgresDatabase } from './postgres-database.ts';
import { patientConnectMs, startTestPostgres } from './testing.ts';

const postgres = await startTestPostgres();
after(() => postgres.stop());

/** A port on which nothing answers: closed, or taking connections and staying silent. */
async function deadPort(t: TestContext, kind: 'closed' | 'silent'): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  if (kind === 'closed') {
    server.close();
    await once(server, 'close');
  } else {
    t.after(() => server.close());
    server.on('connection', (socket) => t.after(() => socket.destroy()));
  }
  return port;
}

async function open(t: TestContext, url: string, connectTimeoutMs = patientConnectMs) {
  const database = await openPostgresDatabase({
    url,
    maxConnections: 2,
    connectTimeoutMs,
    clock: systemClock,
    tables: [],
  });
  t.after(() => database.close());
  return database;
}

/** Every URL here has this password; no error may tell it. */
const password = 'hidden-word';

function unreachable(saying: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(isAppError(error, 'database.unreachable'), inspect(error));
    assert.match(error.message, saying);
    assert.equal(error.retryable, true);
    assert.doesNotMatch(inspect(error, { depth: 10 }), new RegExp(password));
    return true;
  };
}

describe('PostgreSQL that cannot be used', () => {
  for (const kind of ['closed', 'silent'] as const) {
    it(`is named as unreachable: the port is ${kind}`, async (t) => {
      const port = await deadPort(t, kind);
      const database = await open(t, `postgres://troupe:${password}@127.0.0.1:${port}/troupe`, 200);
      const saying = /^The PostgreSQL database cannot be reached: \S/;
      await assert.rejects(database.get('SELECT 1'), unreachable(saying));
      await assert.rejects(
        database.transaction(async () => 1),
        unreachable(saying),
      );
    });
  }

  it('is named when the account is wrong', async (t) => {
    const url = (await postgres.createUrl()).replace(':troupe@', `:${password}@`);
    await assert.rejects((await open(t, url)).get('SELECT 1'), (error) => {
      assert.ok(isAppError(error, 'database.account_refused'), inspect(error));
      assert.match(error.message, /refuses the account: password authentication failed/);
      assert.match(error.remedy, /the password in TROUPE_DATABASE_URL/);
      assert.doesNotMatch(inspect(error, { depth: 10 }), new RegExp(password));
      return true;
    });
  });

  it('is named when there is no such database', async (t) => {
    const url = (await postgres.createUrl()).replace('/postgres?', '/nowhere?');
    await assert.rejects((await open(t, url)).get('SELECT 1'), unreachable(/"nowhere" does not exist/));
  });

  it('refuses a URL that is none, and one of another kind of database', async (t) => {
    for (const [url, given] of [
      [`postgres://me:${password}@[oops`, 'it cannot be read'],
      [`mysql://me:${password}@localhost/x`, 'it begins with mysql:'],
    ] as const)
      await assert.rejects(open(t, url), (error) => {
        assert.ok(isAppError(error, 'database.bad_address'), inspect(error));
        assert.match(error.message, new RegExp(`none of PostgreSQL: ${given}\\.$`));
        assert.match(error.remedy, /postgres:\/\//);
        assert.doesNotMatch(inspect(error, { depth: 10 }), new RegExp(password));
        return true;
      });
  });

  it('goes on after the server has cut a connection', async (t) => {
    const url = await postgres.createUrl();
    const database = await open(t, url);
    const other = await open(t, url);
    const pidOf = async (sql: Sql) => (await sql.get<{ pid: number }>('SELECT pg_backend_pid() AS pid'))!.pid;
    let cut: number | undefined;
    const broken = database.transaction(async (tx) => {
      cut = await pidOf(tx);
      await other.get('SELECT pg_terminate_backend(?::int)', [cut]);
      await tx.get('SELECT 1');
    });
    await assert.rejects(broken, unreachable(/terminat|connection error/));
    assert.notEqual(await pidOf(database), cut);
  });
});

describe('a PostgreSQL database that other programs use too', () => {
  it('has the size of our own tables, and only those are cleaned', async (t) => {
    const url = await postgres.createUrl();
    const options = { url, maxConnections: 2, connectTimeoutMs: patientConnectMs, clock: systemClock };
    const database = await openPostgresDatabase({ ...options, tables: ['notes', 'not_there_yet'] });
    t.after(() => database.close());
    assert.equal(await database.sizeBytes(), 0);
    await database.reclaim();
    await database.run('CREATE TABLE notes (text TEXT)');
    await database.run('CREATE TABLE theirs (text TEXT)');
    const fill = (table: string) =>
      database.run(`INSERT INTO ${table} SELECT repeat(md5(n::text), 20) FROM generate_series(1, 3000) AS n`);
    await fill('theirs');
    const empty = await database.sizeBytes();
    assert.ok(empty < 100_000, String(empty));
    await fill('notes');
    assert.ok((await database.sizeBytes()) > 1_000_000);
    await database.run('DELETE FROM notes');
    await database.reclaim();
    assert.ok((await database.sizeBytes()) < 100_000, 'space at the end is given back');
    const counts = await database.all<{ relname: string; vacuum_count: number }>(
      `SELECT relname, vacuum_count FROM pg_stat_user_tables WHERE schemaname = current_schema() ORDER BY relname`,
    );
    assert.deepEqual(
      counts.map((row) => ({ ...row })),
      [
        { relname: 'notes', vacuum_count: 1 },
        { relname: 'theirs', vacuum_count: 0 },
      ],
    );
  });
});
