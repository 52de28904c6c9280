import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../kernel/index.ts';
import { openSqliteDatabase, type Database } from '../../platform/database/index.ts';
import { searchErrors } from './errors.ts';
import { isKept } from './keep/keeper-lock.ts';
import { indexFormat } from './store/index-format.ts';
import { assertLanceInstalled, lanceTableName, sizeOfFolder } from './store/lancedb/lance-folder.ts';
import { displayNameOf, keeperLockOf, placeOf } from './store/open-store.ts';

/** Which index is looked at; nothing is opened for writing. */
export interface InspectIndexOptions {
  store: 'sqlite' | 'lancedb';
  /** Absolute: `.agent-os/.cache/standards.db`. */
  indexFile: string;
  clock: Clock;
}

/** An index as it lies there. */
export interface IndexInspection {
  /** What people call it: the project-relative path. */
  name: string;
  /** The format that this version writes. */
  format: string;
  /** `missing`: none was made yet; `other`: another version wrote it, and it will be made anew. */
  state: 'missing' | 'current' | 'other';
  /** Standards in it; `undefined` where only the store's own library could count them, or the format is another. */
  standards: number | undefined;
  sizeBytes: number;
  /** Whether a process keeps it in step with the files now. */
  isKept: boolean;
}

/** Another process may write; a look does not wait long for it. */
const busyTimeoutMs = 1_000;
const driverWaitMs = 5;

/**
 * Looks at the index without making, repairing or loading anything of it.
 * Errors: `database.*`, `search.lancedb_missing`, `search.index_outside`.
 */
export async function inspectIndex(options: InspectIndexOptions): Promise<IndexInspection> {
  const { store, indexFile } = options;
  const place = placeOf(store, indexFile);
  const name = displayNameOf(place);
  if (store === 'lancedb') assertLanceInstalled();
  for (const one of [path.dirname(place), place]) {
    if ((await lstat(one).catch(() => undefined))?.isSymbolicLink() === true)
      throw searchErrors.make('search.index_outside', { index: name });
  }
  const isThere = (await lstat(place).catch(() => undefined)) !== undefined;
  const facts = { name, format: indexFormat, isKept: await isKept(keeperLockOf(indexFile)) };
  if (!isThere) return { ...facts, state: 'missing', standards: undefined, sizeBytes: 0 };
  const found = await (store === 'sqlite' ? inSqlite(place, name, options) : inLance(place));
  return { ...facts, ...found };
}

type Found = Pick<IndexInspection, 'state' | 'standards' | 'sizeBytes'>;

async function inSqlite(file: string, displayName: string, { clock }: InspectIndexOptions): Promise<Found> {
  const database = await openSqliteDatabase({ path: file, displayName, clock, busyTimeoutMs, driverWaitMs });
  try {
    const sizeBytes = await database.sizeBytes();
    const state = (await formatIn(database)) === indexFormat ? 'current' : 'other';
    return { state, sizeBytes, standards: state === 'current' ? await countIn(database) : undefined };
  } finally {
    await database.close();
  }
}

async function formatIn(database: Database): Promise<string | undefined> {
  const table = await database.get(
    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'index_facts'",
  );
  if (table === undefined) return undefined;
  const row = await database.get<{ value: string }>("SELECT value FROM index_facts WHERE name = 'format'");
  return row?.value;
}

async function countIn(database: Database): Promise<number> {
  const row = await database.get<{ n: number }>(
    'SELECT count(*) AS n FROM standards WHERE record IS NOT NULL',
  );
  return row!.n;
}

/** Its library is large, and slow to load; a table is a folder, whose name tells the format. */
async function inLance(folder: string): Promise<Found> {
  const tables = await readdir(folder).catch((): string[] => []);
  const state = tables.includes(`${lanceTableName}.lance`) ? 'current' : 'other';
  return { state, standards: undefined, sizeBytes: await sizeOfFolder(folder) };
}
