import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { openTestSqlite, temporaryFolder } from './testing.ts';

const notOnWindows = { skip: process.platform === 'win32' && 'an open file cannot be deleted there' };

/** A database with a row in it, that a process has open. */
async function openNotes(t: TestContext) {
  const folder = await temporaryFolder(t);
  const database = await openTestSqlite(t, { folder });
  await database.run('CREATE TABLE notes (text TEXT)');
  await database.run("INSERT INTO notes VALUES ('kept')");
  return { folder, path: join(folder, 'troupe.db'), database };
}

describe('the place of an open database', notOnWindows, () => {
  it('is not lost by what is written, cleaned up or opened besides', async (t) => {
    const { folder, database } = await openNotes(t);
    await database.reclaim();
    const second = await openTestSqlite(t, { folder });
    await second.run("INSERT INTO notes VALUES ('more')");
    assert.deepEqual([database.lostPlace(), second.lostPlace()], [undefined, undefined]);
  });

  it('is lost when the file is deleted, and what is in it can be read and written on', async (t) => {
    const { path, database } = await openNotes(t);
    await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(path + suffix)));
    const lost = database.lostPlace();
    assert.equal(lost?.code, 'database.replaced');
    assert.match(lost.message, /^troupe\.db was deleted or moved away while this process works with it/);
    await database.run("INSERT INTO notes VALUES ('later')");
    assert.equal((await database.all('SELECT 1 FROM notes')).length, 2);
  });

  it('is lost when another file stands there, and found again when the file comes back', async (t) => {
    const { path, database } = await openNotes(t);
    await rename(path, `${path}-away`);
    await writeFile(path, '');
    assert.match(database.lostPlace()!.message, /^Another file has taken the place of troupe\.db/);
    await rename(`${path}-away`, path);
    assert.equal(database.lostPlace(), undefined);
  });

  it('of a new process is that of the new file, which the end of the old one leaves whole', async (t) => {
    const { folder, path, database } = await openNotes(t);
    await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(path + suffix)));
    const fresh = await openTestSqlite(t, { folder });
    await fresh.run('CREATE TABLE others (text TEXT)');
    await fresh.run("INSERT INTO others VALUES ('new')");
    await database.close();
    assert.equal(fresh.lostPlace(), undefined);
    assert.deepEqual(await fresh.integrityProblems(), []);
    const third = await openTestSqlite(t, { folder });
    assert.equal((await third.all('SELECT 1 FROM others')).length, 1);
  });
});
