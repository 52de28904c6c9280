import { lstat, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../../../kernel/index.ts';
import { openSqliteDatabase, type Database } from '../../../../platform/database/index.ts';
import { searchErrors } from '../../errors.ts';
import { indexFormat } from '../index-format.ts';
import type { IndexStore } from '../index-store.ts';
import { readRecord } from '../read-record.ts';
import { createTables, dropTables } from './index-tables.ts';
import { SqliteVectors } from './sqlite-vectors.ts';

/** Where the index lies. */
export interface SqliteIndexOptions {
  /** Absolute path of the file; its folder is made. */
  file: string;
  /** What people call it: the project-relative path. */
  displayName: string;
  clock: Clock;
  /** Told when what was there was thrown away and is made anew, and why. */
  onRebuild: (reason: string) => void;
}

/** Longest wait for another process that writes: a search has an answer without the index too. */
const busyTimeoutMs = 2_000;
const driverWaitMs = 5;

/**
 * Opens the index in a SQLite file and makes it where missing, anew where its format is another.
 * Errors: `database.*`; `search.index_outside` when the file or its folder is a link.
 */
export async function openSqliteIndexStore(options: SqliteIndexOptions): Promise<IndexStore> {
  const { file, displayName, clock } = options;
  await refuseLinks(options);
  const database = await openSqliteDatabase({ path: file, displayName, clock, busyTimeoutMs, driverWaitMs });
  try {
    await prepare(database, options);
    return storeOver(database, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A project is somebody else's text: a link in it could lead the index out of the project. */
async function refuseLinks({ file, displayName }: SqliteIndexOptions): Promise<void> {
  for (const place of [path.dirname(file), file]) {
    const facts = await lstat(place).catch(() => undefined);
    if (facts?.isSymbolicLink() === true)
      throw searchErrors.make('search.index_outside', { index: displayName });
  }
  // What stands in the way shows when the file is opened.
  await mkdir(path.dirname(file), { recursive: true }).catch(() => undefined);
}

async function prepare(database: Database, { onRebuild }: SqliteIndexOptions): Promise<void> {
  if ((await formatOf(database)) === indexFormat) return;
  await database.transaction(async (tx) => {
    // Another process may have been faster.
    const found = await formatOf(tx);
    if (found === indexFormat) return;
    if (found !== undefined) onRebuild('it was written by another version');
    await dropTables(tx);
    await createTables(tx);
  });
}

async function formatOf(sql: Pick<Database, 'get'>): Promise<string | undefined> {
  const table = await sql.get("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'index_facts'");
  if (table === undefined) return undefined;
  const row = await sql.get<{ value: string }>("SELECT value FROM index_facts WHERE name = 'format'");
  return row?.value ?? '';
}

interface StandardRow {
  id: string;
  stamp: string;
  record: string | null;
}

function storeOver(database: Database, { displayName }: SqliteIndexOptions): IndexStore {
  const vectors = new SqliteVectors(database);
  return {
    kind: 'sqlite',
    changeMarker: () => database.changeMarker(),

    async changesSince(since) {
      const facts = await database.all<{ name: string; value: string }>(
        'SELECT name, value FROM index_facts',
      );
      const fact = (name: string) => facts.find((row) => row.name === name)?.value;
      if (fact('format') !== indexFormat)
        throw searchErrors.make('search.other_version', { index: displayName });
      const generation = Number(fact('generation'));
      if (generation === since) return { generation, put: [], removed: [] };
      const rows = await database.all<StandardRow>(
        'SELECT id, stamp, record FROM standards WHERE generation > ? AND generation <= ?',
        [since, generation],
      );
      return {
        generation,
        put: rows.flatMap(({ stamp, record }) =>
          record === null ? [] : [{ stamp, record: readRecord(record, displayName) }],
        ),
        removed: rows.filter(({ record }) => record === null).map(({ id }) => id),
      };
    },

    write: ({ put, removed }) =>
      database.transaction(async (tx) => {
        await tx.run("UPDATE index_facts SET value = value + 1 WHERE name = 'generation'");
        const save = async (id: string, stamp: string, record: string | null) => {
          await tx.run(
            `INSERT INTO standards (id, generation, stamp, record)
             VALUES (?, (SELECT value FROM index_facts WHERE name = 'generation'), ?, ?)
             ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, stamp = excluded.stamp, record = excluded.record`,
            [id, stamp, record],
          );
        };
        for (const { record, stamp } of put) await save(record.id, stamp, JSON.stringify(record));
        for (const id of removed) await save(id, '', null);
      }),

    withoutVector: (model, passages) => vectors.withoutVector(model, passages),
    putVectors: (model, given) => vectors.put(model, given),
    countVectors: (model) => vectors.count(model),
    keepVectors: (model, passages) => vectors.keep(model, passages),
    nearest: async (model, question, limit) => (await vectors.scan(model)).nearest(question, limit),
    similarities: async (model, question, passages) =>
      (await vectors.scan(model)).similarities(question, passages),
    sizeBytes: () => database.sizeBytes(),
    close: () => database.close(),
  };
}
