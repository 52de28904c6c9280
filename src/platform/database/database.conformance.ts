import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migration.ts';

/** One empty place; `open` gives a connection of its own each time, as another process would have. */
export interface TestPlace {
  open(): Promise<Database>;
}

const counters: Migration = {
  id: 'test/0001-create-counters',
  statements: () => ['CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)'],
};
const labels: Migration = {
  id: 'test/0002-create-labels',
  statements: () => ['CREATE TABLE labels (text TEXT)'],
};

/** What every database under Troupe must do. */
export function databaseConformance(name: string, openPlace: (t: TestContext) => Promise<TestPlace>): void {
  /** A database with the table `counters`, and a second connection to it. */
  async function openTwo(t: TestContext): Promise<[Database, Database]> {
    const place = await openPlace(t);
    const one = await place.open();
    await migrate(one, [counters], name);
    return [one, await place.open()];
  }

  const valueOf = async (database: Database, counter: string) =>
    (await database.get<{ value: number }>('SELECT value FROM counters WHERE name = ?', [counter]))?.value;

  const add = (counter: string, value: number) =>
    [`INSERT INTO counters (name, value) VALUES (?, ?)`, [counter, value]] as const;

  describe(`Database on ${name}`, () => {
    it('stores all of a transaction, and gives back what the work returns', async (t) => {
      const [one, two] = await openTwo(t);
      const given = await one.transaction(async (tx) => {
        assert.equal(await tx.run(...add('a', 1)), 1);
        await tx.run(...add('b', 2));
        return tx.get<{ n: number }>('SELECT count(*) AS n FROM counters');
      });
      assert.equal(given!.n, 2);
      assert.deepEqual([await valueOf(two, 'a'), await valueOf(two, 'b')], [1, 2]);
    });

    it('stores nothing of a transaction whose work throws, hands the error on, and goes on', async (t) => {
      const [one] = await openTwo(t);
      const thrown = new Error('changed my mind');
      const failing = one.transaction(async (tx) => {
        await tx.run(...add('a', 1));
        throw thrown;
      });
      await assert.rejects(failing, (error) => error === thrown);
      assert.equal(await valueOf(one, 'a'), undefined);
      await one.transaction((tx) => tx.run(...add('a', 5)));
      assert.equal(await valueOf(one, 'a'), 5);
    });

    it('stores nothing of a transaction in which a statement fails', async (t) => {
      const [one] = await openTwo(t);
      const failing = one.transaction(async (tx) => {
        await tx.run(...add('a', 1));
        await tx.run(...add('a', 2));
      });
      await assert.rejects(failing, /unique/i);
      assert.equal(await valueOf(one, 'a'), undefined);
    });

    it('never shows an open transaction to readers, on its own connection or on another', async (t) => {
      const [one, two] = await openTwo(t);
      await one.run(...add('a', 1));
      await one.transaction(async (tx) => {
        await tx.run('UPDATE counters SET value = 2 WHERE name = ?', ['a']);
        assert.deepEqual([await valueOf(one, 'a'), await valueOf(two, 'a')], [1, 1]);
        assert.equal((await tx.get<{ value: number }>('SELECT value FROM counters'))?.value, 2);
      });
      assert.deepEqual([await valueOf(one, 'a'), await valueOf(two, 'a')], [2, 2]);
    });

    it('loses none of the updates that two connections make at once', async (t) => {
      const [one, two] = await openTwo(t);
      await one.run(...add('a', 0));
      const update = "UPDATE counters SET value = value + 1 WHERE name = 'a'";
      const updates = Array.from({ length: 40 }, (_, n) =>
        (n % 2 === 0 ? one : two).transaction((tx) => tx.run(update)),
      );
      await Promise.all(updates);
      assert.equal(await valueOf(one, 'a'), 40);
    });

    it('tells how many rows a statement changed, and answers RETURNING', async (t) => {
      const [one] = await openTwo(t);
      await one.run(...add('a', 1));
      await one.run(...add('b', 2));
      assert.equal(await one.run('UPDATE counters SET value = value + 1'), 2);
      assert.equal(await one.run("UPDATE counters SET value = 0 WHERE name = 'missing'"), 0);
      const row = await one.transaction((tx) =>
        tx.get<{ value: number }>("UPDATE counters SET value = 9 WHERE name = 'a' RETURNING value"),
      );
      assert.equal(row?.value, 9);
    });

    it('gives milliseconds and counts as numbers, text as it was given', async (t) => {
      const [one] = await openTwo(t);
      const now = Date.UTC(2026, 10, 21);
      const text = 'Prüfung “ok?” — 漢字 🎭\n';
      await one.run(...add(text, now));
      const row = await one.get<{ name: string; value: number; n: number }>(
        'SELECT name, value, (SELECT count(*) FROM counters) AS n FROM counters',
      );
      assert.deepEqual({ ...row }, { name: text, value: now, n: 1 });
      assert.equal(await one.get('SELECT 1 FROM counters WHERE name = ?', ['missing']), undefined);
    });

    it('changes its marker when any connection has committed', async (t) => {
      const [one, two] = await openTwo(t);
      const seen = new Set([await one.changeMarker()]);
      await one.run(...add('a', 1));
      seen.add(await one.changeMarker());
      await two.run(...add('b', 1));
      seen.add(await one.changeMarker());
      await two.transaction((tx) => tx.run(...add('c', 1)));
      seen.add(await one.changeMarker());
      assert.equal(seen.size, 4);
    });

    it('knows its size, gives space back, and finds no damage in a sound database', async (t) => {
      const [one] = await openTwo(t);
      await one.run(...add('a', 1));
      assert.ok((await one.sizeBytes()) > 0);
      await one.reclaim();
      assert.deepEqual(await one.integrityProblems(), []);
      assert.equal(await valueOf(one, 'a'), 1);
    });

    it('applies each migration once, however many processes start together', async (t) => {
      const place = await openPlace(t);
      const starting = await Promise.all(Array.from({ length: 5 }, () => place.open()));
      await Promise.all(starting.map((database) => migrate(database, [counters, labels], name)));
      const applied = await starting[0]!.all<{ id: string }>('SELECT id FROM schema_migrations ORDER BY id');
      assert.deepEqual(
        applied.map(({ id }) => id),
        [counters.id, labels.id],
      );
    });

    it('adds what is new to a database of an older version, and keeps what is in it', async (t) => {
      const [one, two] = await openTwo(t);
      await one.run(...add('a', 1));
      await migrate(two, [counters, labels], name);
      await two.run('INSERT INTO labels (text) VALUES (?)', ['new']);
      assert.equal(await valueOf(one, 'a'), 1);
    });

    it('applies all missing migrations or none', async (t) => {
      const [one] = await openTwo(t);
      const broken: Migration = { id: 'test/0003-broken', statements: () => ['CREATE TABL oops'] };
      await assert.rejects(migrate(one, [counters, labels, broken], name), /syntax/i);
      await assert.rejects(one.get('SELECT 1 FROM labels'));
      await migrate(one, [counters, labels], name);
      assert.equal(await one.get('SELECT 1 FROM labels'), undefined);
    });

    it('refuses a database of a newer version and names what it does not know', async (t) => {
      const [one, two] = await openTwo(t);
      await migrate(one, [counters, labels], name);
      await assert.rejects(migrate(two, [counters], name), {
        code: 'database.newer_version',
        category: 'conflict',
        details: { database: name, unknown: [labels.id] },
      });
    });
  });
}
