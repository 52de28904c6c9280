import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { countingEmbedder, openTestProject, untilFound, type TestProject } from './testing.ts';

const files = {
  'a/errors.md': '# Errors\n\nReport every failure in one shape.\n',
  'a/names.md': '# Names\n\nName things by their purpose.\n',
};

/** A project whose index was made and closed. */
async function indexed(t: TestContext): Promise<TestProject> {
  const project = await openTestProject(t, files);
  const index = await project.open({ embedder: countingEmbedder() });
  await index.refresh();
  await index.embedded();
  await index.close();
  return project;
}

async function answers(project: TestProject): Promise<string | null> {
  const index = await project.open({ embedder: countingEmbedder() });
  const { results, indexNote } = await index.search('report failure', { limit: 3 });
  assert.equal(results[0]?.id, 'a/errors');
  await index.embedded();
  await index.close();
  return indexNote;
}

describe('an index that is damaged or cannot be used', () => {
  it('is made anew from the standards when it is corrupted anywhere, with a word', async (t) => {
    const project = await indexed(t);
    const good = await readFile(project.indexFile);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: good.length - 600 }),
        fc.uint8Array({ minLength: 1, maxLength: 512 }),
        async (at, noise) => {
          const bad = Buffer.from(good);
          bad.set(noise, at);
          await rm(`${project.indexFile}-wal`, { force: true });
          await rm(`${project.indexFile}-shm`, { force: true });
          await writeFile(project.indexFile, bad);
          await answers(project);
        },
      ),
      { numRuns: 25 },
    );
    for (const spoil of [
      () => writeFile(project.indexFile, 'not a database, but long enough to be looked at'),
      () => truncate(project.indexFile, 5_000),
    ]) {
      await spoil();
      assert.equal(await answers(project), 'The index is rebuilt: it was damaged.');
      assert.equal(await answers(project), null);
    }
    assert.ok(project.problems.includes('The index is rebuilt: it was damaged.'));
  });

  for (const [what, statement] of [
    ['a column has another name', 'ALTER TABLE index_facts RENAME COLUMN name TO nome'],
    ['a table is gone', 'DROP TABLE vectors'],
    ['a number is none', "UPDATE index_facts SET value = 'x' WHERE name = 'generation'"],
    ['a word in a record differs', "UPDATE standards SET record = replace(record, 'Report', 'Repart')"],
    ['a vector is cut', 'UPDATE vectors SET numbers = substr(numbers, 1, 2)'],
    ['a vector is too long', 'UPDATE vectors SET scale = scale * 2 WHERE number = 1'],
    ['a vector is infinitely long', 'UPDATE vectors SET scale = 9e999 WHERE number = 1'],
  ] as const) {
    it(`is made anew when ${what}, though it still opens`, async (t) => {
      const project = await indexed(t);
      const database = new DatabaseSync(project.indexFile);
      database.exec(statement);
      database.close();
      await answers(project);
      assert.ok(project.problems.includes('The index is rebuilt: it was damaged.'));
      assert.equal(await answers(project), null);
    });
  }

  it('is made anew once, under searches that come at the same time: each is answered', async (t) => {
    const project = await indexed(t);
    const database = new DatabaseSync(project.indexFile);
    database.exec('UPDATE vectors SET numbers = substr(numbers, 1, 2)');
    database.close();
    const index = await project.open({ embedder: countingEmbedder() });
    const questions = ['report failure', 'report every failure', 'failure in one shape'];
    const found = await Promise.all(questions.map((question) => index.search(question, { limit: 3 })));
    for (const { results } of found) assert.equal(results[0]?.id, 'a/errors');
    assert.deepEqual(project.problems, ['The index is rebuilt: it was damaged.']);
    await index.close();
    assert.equal(await answers(project), null);
  });

  it('is made anew when another version wrote it, with a word', async (t) => {
    const project = await indexed(t);
    const database = new DatabaseSync(project.indexFile);
    database.exec("UPDATE index_facts SET value = '0.0.0' WHERE name = 'format'");
    database.close();
    assert.match((await answers(project)) ?? '', /rebuilt: it was written by another version/);
    assert.equal(await answers(project), null);
  });

  it('is done without while another process holds it locked, and used again afterwards', async (t) => {
    const project = await indexed(t);
    await project.write({ 'a/new.md': '# New\n\nReport failure quickly.\n' });
    const database = new DatabaseSync(project.indexFile);
    database.exec('BEGIN EXCLUSIVE');
    const index = await project.open({ settings: { rescanMs: 500 } });
    const { results, indexNote } = await index.search('report failure', { limit: 3 });
    assert.deepEqual(results.map(({ id }) => id).toSorted(), ['a/errors', 'a/new']);
    assert.match(indexNote ?? '', /kept in memory only: .*locked/);
    database.exec('ROLLBACK');
    database.close();
    await index.keep();
    assert.deepEqual([(await index.status()).store, (await index.status()).note], ['sqlite', null]);
  });

  it('is kept in memory where its folder is a link, a file, or may not be written', async (t) => {
    const cache = (project: TestProject) => path.dirname(project.indexFile);
    const elsewhere = await openTestProject(t);
    const linked = await openTestProject(t, files);
    await symlink(elsewhere.root, cache(linked));
    assert.match(
      (await answers(linked)) ?? '',
      /in memory only: .* is a link; nothing is written through it/,
    );
    await assert.rejects(stat(path.join(elsewhere.root, 'standards.db')), { code: 'ENOENT' });

    const blocked = await openTestProject(t, files);
    await writeFile(cache(blocked), 'in the way');
    assert.match((await answers(blocked)) ?? '', /in memory only/);

    const folder = await openTestProject(t, files);
    await mkdir(folder.indexFile, { recursive: true });
    assert.match((await answers(folder)) ?? '', /in memory only/);

    const readOnly = await openTestProject(t, files);
    await mkdir(cache(readOnly));
    await chmod(cache(readOnly), 0o500);
    // Whoever may write everywhere is not stopped by permissions; then the index is simply made.
    assert.match((await answers(readOnly)) ?? 'made', /in memory only|made/);
    await chmod(cache(readOnly), 0o700);
  });

  it(
    'goes on in memory when the disk is full, with a word',
    { skip: process.platform !== 'linux' },
    async (t) => {
      const project = await openTestProject(t, files);
      const cache = path.dirname(project.indexFile);
      await mkdir(cache);
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', cache], { stdio: 'ignore' });
      } catch {
        assert.ok(process.env['CI'] !== 'true', 'a test disk could not be mounted; run as root');
        return t.skip('mounting a test disk needs root');
      }
      try {
        const index = await project.open();
        assert.equal((await index.search('report failure', { limit: 3 })).indexNote, null);
        await project.write(
          Object.fromEntries(
            Array.from({ length: 60 }, (_, n) => [
              `b/f${n}.md`,
              `# F${n}\n\n${`failure${n} word `.repeat(300)}\n`,
            ]),
          ),
        );
        await index.refresh();
        const { results, indexNote, searched } = await index.search('failure59', { limit: 3 });
        assert.deepEqual([results[0]?.id, searched], ['b/f59', 62]);
        assert.match(indexNote ?? '', /kept in memory only: The disk .* is full/);
        await index.close();
      } finally {
        execFileSync('umount', ['-l', cache]);
      }
    },
  );

  it('comes back by itself when the cache folder is deleted under a running process', async (t) => {
    const project = await openTestProject(t, files);
    const index = await project.open({ settings: { rescanMs: 500 } });
    await index.keep();
    // In one step: the process makes it anew, perhaps while it is being emptied.
    const deleted = `${project.root}/deleted`;
    await rename(path.dirname(project.indexFile), deleted);
    await rm(deleted, { recursive: true });
    await project.write({ 'a/later.md': '# Later\n\nWritten afterwards.\n' });
    await untilFound(index, 'afterwards', (ids) => ids.includes('a/later'));
    const other = await project.open();
    await untilFound(other, 'afterwards', (ids) => ids.includes('a/later'));
    assert.equal((await other.status()).standards, 3);
  });
});
