import path from 'node:path';
import type { Clock } from '../../../kernel/index.ts';
import type { IndexStore } from './index-store.ts';
import { openLanceIndexStore } from './lancedb/lancedb-index-store.ts';
import { openSqliteIndexStore } from './sqlite/sqlite-index-store.ts';

export interface OpenStoreOptions {
  kind: 'sqlite' | 'lancedb';
  /** Absolute path of the SQLite file; LanceDB's folder lies beside it. */
  indexFile: string;
  clock: Clock;
  onRebuild: (reason: string) => void;
}

/** Where a store keeps its data. */
export function placeOf(kind: OpenStoreOptions['kind'], indexFile: string): string {
  return kind === 'sqlite' ? indexFile : `${indexFile.replace(/\.db$/, '')}.lance`;
}

/** Opens the store of this kind. Errors: `database.*`, `search.*`. */
export async function openStore({
  kind,
  indexFile,
  clock,
  onRebuild,
}: OpenStoreOptions): Promise<IndexStore> {
  const place = placeOf(kind, indexFile);
  const displayName = `.agent-os/.cache/${path.basename(place)}`;
  if (kind === 'lancedb') return openLanceIndexStore({ folder: place, displayName, onRebuild });
  return openSqliteIndexStore({ file: place, displayName, clock, onRebuild });
}
