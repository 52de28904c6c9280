import type { Connection, Table } from '@lancedb/lancedb';
import { lstat, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAppError } from '../../../../kernel/index.ts';
import { searchErrors } from '../../errors.ts';
import { makeCacheFolder } from '../cache-folder.ts';
import type { IndexStore } from '../index-store.ts';
import { openSealedRecord, sealRecord } from '../sealed-record.ts';
import { lanceTableName, loadLance, sizeOfFolder } from './lance-folder.ts';
import { LanceVectors } from './lance-vectors.ts';

/** Where the index lies. */
export interface LanceIndexOptions {
  /** Absolute path of the folder; it is made. */
  folder: string;
  /** What people call it: the project-relative path. */
  displayName: string;
  /** Told when what was there was thrown away and is made anew, and why. */
  onRebuild: (reason: string) => void;
}

interface StandardRow {
  id: string;
  generation: number;
  stamp: string;
  /** Empty where the standard is gone. */
  record: string;
}

/** So many writes make as many small files; then they are put together. */
const writesPerTidying = 20;
const keptVersionsMs = 3_600_000;
const openAttempts = 6;

/**
 * Opens the index in a folder of LanceDB and makes it where missing.
 * Errors: `search.lancedb_missing`, `search.lancedb_failed`, `search.index_damaged`, `search.index_outside`.
 */
export async function openLanceIndexStore(options: LanceIndexOptions): Promise<IndexStore> {
  const { folder, displayName } = options;
  const library = await loadLance();
  for (const place of [path.dirname(folder), folder]) {
    const facts = await lstat(place).catch(() => undefined);
    if (facts?.isSymbolicLink() === true)
      throw searchErrors.make('search.index_outside', { index: displayName });
  }
  const failed = asSearchError(displayName);
  await makeCacheFolder(path.dirname(folder))
    .then(() => mkdir(folder, { recursive: true }))
    .catch((error: unknown) => {
      throw failed(error);
    });
  const connection = await library.connect(folder, { readConsistencyInterval: 0 }).catch((error: unknown) => {
    throw failed(error);
  });
  try {
    return storeOver(connection, await openStandards(connection, options), options);
  } catch (error) {
    connection.close();
    // Permissions and room have codes of their own; whatever else is wrong with the files is damage.
    const known = failed(error);
    throw isEnvironment(error)
      ? known
      : searchErrors.make('search.index_damaged', { index: displayName }, { cause: error });
  }
}

async function openStandards(connection: Connection, { onRebuild }: LanceIndexOptions): Promise<Table> {
  const tables = await connection.tableNames();
  const others = tables.filter((name) => name.startsWith('standards_') && name !== lanceTableName);
  if (others.length > 0 && !tables.includes(lanceTableName)) onRebuild('it was written by another version');
  for (const name of others) await connection.dropTable(name).catch(() => undefined);
  // A first row shows the columns; it says that a standard of no id is gone.
  const first: StandardRow = { id: '', generation: 0, stamp: '', record: '' };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const isThere = (await connection.tableNames()).includes(lanceTableName);
      return await (isThere
        ? connection.openTable(lanceTableName)
        : connection.createTable(lanceTableName, [{ ...first }]));
    } catch (error) {
      // Another process makes it in this moment.
      if (attempt === openAttempts) throw error;
      await sleep(attempt * 10);
    }
  }
}

function storeOver(
  connection: Connection,
  standards: Table,
  { folder, displayName }: LanceIndexOptions,
): IndexStore {
  const vectors = new LanceVectors(connection);
  const failed = asSearchError(displayName);
  const guard = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw failed(error);
    }
  };
  let writes = 0;
  const tidy = async (table: Table) => {
    writes += 1;
    if (writes % writesPerTidying === 0)
      await table.optimize({ cleanupOlderThan: new Date(Date.now() - keptVersionsMs) });
  };
  const newest = async () => {
    const rows = (await standards.query().select(['generation']).toArray()) as Pick<
      StandardRow,
      'generation'
    >[];
    return rows.reduce((most, { generation }) => Math.max(most, generation), 0);
  };

  return {
    kind: 'lancedb',
    changeMarker: () => guard(async () => `${await standards.version()} ${await vectors.marker()}`),

    changesSince: (since) =>
      guard(async () => {
        // Two processes that write at once may count alike, so the last generation is asked for again.
        const rows = (await standards
          .query()
          .where(`generation >= ${since} AND id <> ''`)
          .toArray()) as StandardRow[];
        const generation = rows.reduce((most, row) => Math.max(most, row.generation), since);
        return {
          generation,
          put: rows.flatMap(({ stamp, record }) =>
            record === '' ? [] : [{ stamp, record: openSealedRecord(record, displayName) }],
          ),
          removed: rows.filter(({ record }) => record === '').map(({ id }) => id),
        };
      }),

    write: ({ put, removed }) =>
      guard(async () => {
        const generation = (await newest()) + 1;
        const rows: StandardRow[] = [
          ...put.map(({ record, stamp }) => ({
            id: record.id,
            generation,
            stamp,
            record: sealRecord(record),
          })),
          ...removed.map((id) => ({ id, generation, stamp: '', record: '' })),
        ];
        if (rows.length === 0) return;
        const merge = standards.mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll();
        await merge.execute(rows.map((row) => ({ ...row })));
        await tidy(standards);
      }),

    withoutVector: (model, passages) => guard(() => vectors.without(model, passages)),
    putVectors: (model, given) => guard(async () => tidy(await vectors.put(model, given))),
    countVectors: (model) => guard(() => vectors.count(model)),
    keepVectors: (model, passages) => guard(() => vectors.keep(model, passages)),
    nearest: (model, question, limit) => guard(() => vectors.nearest(model, question, limit)),
    similarities: (model, question, passages) => guard(() => vectors.similarities(model, question, passages)),
    sizeBytes: () => sizeOfFolder(folder),
    close: async () => connection.close(),
  };
}

/** LanceDB's errors are plain ones with a long text; the first line says what happened. */
function asSearchError(index: string): (error: unknown) => Error {
  return (error) => {
    if (isAppError(error)) return error;
    const reason = (error instanceof Error ? error.message : String(error)).split(/\n|, \/|, [A-Z]:\\/)[0]!;
    return searchErrors.make(
      'search.lancedb_failed',
      { index, reason: reason.slice(0, 200) },
      { cause: error },
    );
  };
}

function isEnvironment(error: unknown): boolean {
  return /permission denied|read-only|no space|quota|os error (?:1|13|28|30|122)\b/i.test(String(error));
}
