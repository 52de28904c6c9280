import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../../../kernel/index.ts';
import { openSqliteDatabase, type Database, type Sql } from '../../../../platform/database/index.ts';
import { searchErrors } from '../../errors.ts';
import { makeCacheFolder } from '../cache-folder.ts';
import { indexFormat } from '../index-format.ts';
import type { IndexChanges, IndexStore, VectorModel } from '../index-store.ts';
import { openSealedRecord, sealRecord } from '../sealed-record.ts';
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
  const guard = guardFor(displayName);
  try {
    await guard(() => prepare(database, options));
    return storeOver(database, options, guard);
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
  await makeCacheFolder(path.dirname(file)).catch(() => undefined);
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

type Guard = <T>(action: () => Promise<T>) => Promise<T>;

/** Every statement here fits the tables made here. Where SQLite says otherwise, they are not as they were made. */
function guardFor(index: string): Guard {
  return async (action) => {
    try {
      return await action();
    } catch (error) {
      if ((error as { code?: unknown } | null)?.code !== 'ERR_SQLITE_ERROR') throw error;
      throw searchErrors.make('search.index_damaged', { index }, { cause: error });
    }
  };
}

interface StandardRow {
  id: string;
  stamp: string;
  record: string | null;
}

function storeOver(database: Database, { displayName }: SqliteIndexOptions, guard: Guard): IndexStore {
  const vectors = new SqliteVectors(database, displayName);
  const scan = (model: VectorModel) => guard(() => vectors.scan(model));
  return {
    kind: 'sqlite',
    changeMarker: () => guard(() => database.changeMarker()),
    changesSince: (since) => guard(() => changesSince(database, since, displayName)),
    write: (changes) => guard(() => database.transaction((tx) => writeChanges(tx, changes))),
    withoutVector: (model, passages) => guard(() => vectors.withoutVector(model, passages)),
    putVectors: (model, given) => guard(() => vectors.put(model, given)),
    countVectors: (model) => guard(() => vectors.count(model)),
    keepVectors: (model, passages) => guard(() => vectors.keep(model, passages)),
    nearest: async (model, question, limit) => (await scan(model)).nearest(question, limit),
    similarities: async (model, question, passages) => (await scan(model)).similarities(question, passages),
    sizeBytes: () => database.sizeBytes(),
    close: () => database.close(),
  };
}

async function changesSince(database: Database, since: number, index: string): Promise<IndexChanges> {
  const facts = await database.all<{ name: string; value: string }>('SELECT name, value FROM index_facts');
  const fact = (name: string) => facts.find((row) => row.name === name)?.value;
  if (fact('format') !== indexFormat) throw searchErrors.make('search.other_version', { index });
  const generation = Number(fact('generation'));
  if (!Number.isSafeInteger(generation)) throw searchErrors.make('search.index_damaged', { index });
  if (generation === since) return { generation, put: [], removed: [] };
  const rows = await database.all<StandardRow>(
    'SELECT id, stamp, record FROM standards WHERE generation > ? AND generation <= ?',
    [since, generation],
  );
  return {
    generation,
    put: rows.flatMap(({ stamp, record }) =>
      record === null ? [] : [{ stamp, record: openSealedRecord(record, index) }],
    ),
    removed: rows.filter(({ record }) => record === null).map(({ id }) => id),
  };
}

async function writeChanges(tx: Sql, { put, removed }: Parameters<IndexStore['write']>[0]): Promise<void> {
  await tx.run("UPDATE index_facts SET value = value + 1 WHERE name = 'generation'");
  const save = async (id: string, stamp: string, record: string | null) => {
    await tx.run(
      `INSERT INTO standards (id, generation, stamp, record)
       VALUES (?, (SELECT value FROM index_facts WHERE name = 'generation'), ?, ?)
       ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, stamp = excluded.stamp, record = excluded.record`,
      [id, stamp, record],
    );
  };
  for (const { record, stamp } of put) await save(record.id, stamp, sealRecord(record));
  for (const id of removed) await save(id, '', null);
}
