import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { openTestSqlite, skippingClock, temporaryFolder } from './testing.ts';

const notes = {
  id: 'test/0001-create-notes',
  statements: () => ['CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)'],
};

const addNote = (database: Database, text: string) =>
  database.run('INSERT INTO notes (text) VALUES (?)', [text]);
const countNotes = async (database: Database) =>
  (await database.get<{ n: number }>('SELECT count(*) AS n FROM notes'))!.n;

/** A folder with a file of 200 notes that nobody has open. */
async function folderWithNotes(t: TestContext): Promise<string> {
  const folder = await temporaryFolder(t);
  const database = await openTestSqlite(t, { folder, migrations: [notes] });
  await database.transaction(async (tx) => {
    for (let n = 0; n < 200; n++) await tx.run('INSERT INTO notes (text) VALUES (?)', ['x'.repeat(200)]);
  });
  await database.close();
  return folder;
}

/** Another process that holds the file's write lock until told to let go. */
async function lockingProcess(t: TestContext, path: string): Promise<{ letGo(): Promise<void> }> {
  const program = `
    const { DatabaseSync } = require('node:sqlite');
    const database = new DatabaseSync(process.argv[1]);
    database.exec('BEGIN EXCLUSIVE');
    console.log('locked');
    process.stdin.once('data', () => { database.exec('COMMIT'); database.close(); console.log('free'); process.exit(); });`;
  const child = spawn(process.execPath, ['-e', program, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  assert.equal((await lines.next()).value, 'locked');
  return {
    async letGo() {
      child.stdin.write('\n');
      assert.equal((await lines.next()).value, 'free');
    },
  };
}

/** Every file below the folder with a hash of its bytes. */
async function fingerprint(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true });
  const hash = async (name: string) =>
    createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex');
  const entries = names.sort().map(async (name) => [name, await hash(name)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

describe('SQLite shared by several users of one file', () => {
  it('[A5] keeps its file in WAL mode', async (t) => {
    const folder = await folderWithNotes(t);
    const database = new DatabaseSync(join(folder, 'troupe.db'), { readOnly: true });
    t.after(() => database.close());
    assert.deepEqual({ ...database.prepare('PRAGMA journal_mode').get() }, { journal_mode: 'wal' });
  });

  it(
    '[A5] keeps its lock on the file when it is opened here once more, so that nobody takes it for closed',
    { skip: process.platform === 'linux' ? false : 'only Linux lists the locks of a file' },
    async (t) => {
      const folder = await folderWithNotes(t);
      const database = await openTestSqlite(t, { folder });
      await addNote(database, 'one');
      const { ino } = await stat(join(folder, 'troupe.db'));
      // Of this process only: a file on another disk may have the same number.
      const ours = new RegExp(` ${process.pid} [0-9a-f]+:[0-9a-f]+:${ino} `);
      const locks = async () =>
        (await readFile('/proc/locks', 'utf8')).split('\n').filter((line) => ours.test(line)).length;
      assert.equal(await locks(), 1);
      // A process that closes any handle of a file loses its locks on it, and another's close then deletes the log of writes.
      await openTestSqlite(t, { folder });
      assert.equal(await locks(), 1);
    },
  );

  it('runs one transaction after the other', async (t) => {
    const database = await openTestSqlite(t, { migrations: [notes] });
    const order: string[] = [];
    const gate = Promise.withResolvers<undefined>();
    const first = database.transaction(async (tx) => {
      order.push('first begins');
      await gate.promise;
      await tx.run("INSERT INTO notes (text) VALUES ('first')");
      order.push('first ends');
    });
    const second = database.transaction(async (tx) => {
      order.push(`second sees ${(await tx.all('SELECT 1 FROM notes')).length} note`);
    });
    const third = addNote(database, 'third').then(() => order.push('third written'));
    gate.resolve(undefined);
    await Promise.all([first, second, third]);
    assert.deepEqual(order, ['first begins', 'first ends', 'second sees 1 note', 'third written']);
  });

  it('says how long another process kept the lock, and loses nothing that comes after', async (t) => {
    const folder = await folderWithNotes(t);
    const other = await lockingProcess(t, join(folder, 'troupe.db'));
    const clock = skippingClock();
    const database = await openTestSqlite(t, { folder, clock, busyTimeoutMs: 800, driverWaitMs: 0 });
    for (const attempt of [() => addNote(database, 'x'), () => database.transaction(() => addAgain())]) {
      await assert.rejects(attempt(), {
        code: 'database.busy',
        retryable: true,
        message: /troupe\.db was locked by another process for 8\d\d ms \(limit database\.busy_timeout_ms\)/,
      });
    }
    assert.equal(await countNotes(database), 200, 'readers go on meanwhile');
    await other.letGo();
    await addNote(database, 'x');
    assert.equal(await countNotes(database), 201);

    function addAgain(): Promise<never> {
      assert.fail('the work must not begin without the lock');
    }
  });

  it('waits until another process lets go of the lock', async (t) => {
    const folder = await folderWithNotes(t);
    const other = await lockingProcess(t, join(folder, 'troupe.db'));
    let sleeps = 0;
    const clock = skippingClock(async () => {
      if (++sleeps === 3) await other.letGo();
    });
    const database = await openTestSqlite(t, { folder, clock, driverWaitMs: 0 });
    await database.transaction((tx) => tx.run("INSERT INTO notes (text) VALUES ('x')"));
    assert.deepEqual([await countNotes(database), sleeps], [201, 3]);
  });

  it('has the same marker as long as nobody commits', async (t) => {
    const folder = await folderWithNotes(t);
    const database = await openTestSqlite(t, { folder });
    const marker = await database.changeMarker();
    await countNotes(database);
    await assert.rejects(database.transaction(() => Promise.reject(new Error('no'))));
    assert.equal(await database.changeMarker(), marker);
  });
});

describe('a SQLite file that cannot be used', () => {
  it('refuses a file of another kind and leaves it as it is', async (t) => {
    const folder = await temporaryFolder(t);
    for (const content of ['garbage that is long enough for a header', 'SQL']) {
      await writeFile(join(folder, 'troupe.db'), content);
      const before = await fingerprint(folder);
      await assert.rejects(openTestSqlite(t, { folder }), {
        code: 'database.corrupted',
        message: /file is not a database/,
      });
      assert.deepEqual(await fingerprint(folder), before);
    }
  });

  it('refuses a folder or a pipe in its place', async (t) => {
    const folder = await temporaryFolder(t);
    await mkdir(join(folder, 'troupe.db'));
    await assert.rejects(openTestSqlite(t, { folder }), { code: 'database.read_only' });
    if (process.platform === 'win32') return;
    const other = await temporaryFolder(t);
    execFileSync('mkfifo', [join(other, 'troupe.db')]);
    await assert.rejects(openTestSqlite(t, { folder: other }), { code: 'database.read_only' });
  });

  it('says when the file is cut off', async (t) => {
    const folder = await folderWithNotes(t);
    const path = join(folder, 'troupe.db');
    await truncate(path, 4_096);
    const read = async () => countNotes(await openTestSqlite(t, { folder }));
    await assert.rejects(read(), { code: 'database.corrupted', message: /^troupe\.db is damaged: / });
    assert.equal((await stat(path)).size, 4_096);
  });

  it('finds damage inside the file', async (t) => {
    const folder = await folderWithNotes(t);
    const file = await open(join(folder, 'troupe.db'), 'r+');
    const { size } = await file.stat();
    // The last page is one of the table's leaves.
    await file.write(Buffer.alloc(2_048, 0xff), 0, 2_048, size - 4_096);
    await file.close();
    const database = await openTestSqlite(t, { folder });
    assert.notDeepEqual(await database.integrityProblems(), []);
    await assert.rejects(database.all('SELECT sum(length(text)) FROM notes'), {
      code: 'database.corrupted',
    });
  });

  for (const mode of ['WAL', 'DELETE']) {
    it(`refuses a file of a newer version without touching it (journal mode ${mode})`, async (t) => {
      const folder = await folderWithNotes(t);
      const newer = new DatabaseSync(join(folder, 'troupe.db'));
      newer.exec("INSERT INTO schema_migrations VALUES ('test/0002-from-the-future', 0)");
      newer.exec(`PRAGMA journal_mode = ${mode}`);
      newer.close();
      const before = await fingerprint(folder);
      const database = await openTestSqlite(t, { folder });
      await assert.rejects(migrate(database, [notes], '.agent-os/troupe.db'), {
        code: 'database.newer_version',
        message: /newer version of troupe \(it knows test\/0002-from-the-future\)/,
      });
      await database.close();
      assert.deepEqual(await fingerprint(folder), before);
    });
  }
});

/** A small disk for the test; `undefined` where this process may not mount one, which CI does not accept. */
async function smallDisk(t: TestContext): Promise<string | undefined> {
  const disk = join(await temporaryFolder(t), 'disk');
  await mkdir(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    assert.ok(process.env['CI'] !== 'true', 'a test disk could not be mounted; run as root');
    t.skip('mounting a test disk needs root');
    return undefined;
  }
  return disk;
}

const unmount = (disk: string) => execFileSync('umount', ['-l', disk]);

describe(
  'a disk',
  { skip: process.platform === 'linux' ? false : 'small disks are mounted on Linux' },
  () => {
    it('that is full stops a transaction whole, and what was stored before stays readable', async (t) => {
      const disk = await smallDisk(t);
      if (disk === undefined) return;
      try {
        const database = await openTestSqlite(t, { folder: disk, migrations: [notes] });
        await addNote(database, 'before');
        const flood = database.transaction(async (tx) => {
          for (let n = 0; n < 200; n++)
            await tx.run('INSERT INTO notes (text) VALUES (?)', ['x'.repeat(5_000)]);
        });
        await assert.rejects(flood, {
          code: 'database.disk_full',
          message: 'The disk that holds troupe.db is full; nothing was written.',
        });
        assert.equal(await countNotes(database), 1);
        await addNote(database, 'small enough');
        assert.equal(await countNotes(database), 2);
        assert.deepEqual(await database.integrityProblems(), []);
        await database.close();
      } finally {
        unmount(disk);
      }
    });

    it('that is full already is named when the file is opened', async (t) => {
      const disk = await smallDisk(t);
      if (disk === undefined) return;
      try {
        const first = await openTestSqlite(t, { folder: disk, migrations: [notes] });
        await first.close();
        await assert.rejects(writeFile(join(disk, 'filler'), Buffer.alloc(1_000_000)), { code: 'ENOSPC' });
        await assert.rejects(openTestSqlite(t, { folder: disk }), { code: 'database.disk_full' });
      } finally {
        unmount(disk);
      }
    });

    it('that is read-only is named, with the file', async (t) => {
      const asRoot = process.getuid?.() === 0;
      const disk = asRoot ? await smallDisk(t) : await temporaryFolder(t);
      if (disk === undefined) return;
      try {
        if (asRoot) execFileSync('mount', ['-o', 'remount,ro', disk]);
        else await chmod(disk, 0o500);
        await assert.rejects(openTestSqlite(t, { folder: disk, migrations: [notes] }), {
          code: 'database.read_only',
          category: 'forbidden',
          message: /^troupe\.db cannot be written: /,
        });
      } finally {
        if (asRoot) unmount(disk);
        else await chmod(disk, 0o700);
      }
    });
  },
);

it('ends transactions in line before it closes', async (t) => {
  const folder = await folderWithNotes(t);
  const database = await openTestSqlite(t, { folder });
  const writing = addNote(database, 'last');
  await database.close();
  await writing;
  assert.equal(await countNotes(await openTestSqlite(t, { folder })), 201);
});
