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

/** What people call it: the project-relative path; the whole one where it does not lie in the project. */
export function displayNameOf(place: string): string {
  const [project, cache] = ['.agent-os', '.cache'];
  const folder = path.dirname(place);
  const isInProject = path.basename(folder) === cache && path.basename(path.dirname(folder)) === project;
  return isInProject ? `${project}/${cache}/${path.basename(place)}` : place;
}

/** The lock of the process that keeps the index. */
export const keeperLockOf = (indexFile: string) => `${indexFile}-keeper`;

/** Opens the store of this kind. Errors: `database.*`, `search.*`. */
export async function openStore({
  kind,
  indexFile,
  clock,
  onRebuild,
}: OpenStoreOptions): Promise<IndexStore> {
  const place = placeOf(kind, indexFile);
  const displayName = displayNameOf(place);
  if (kind === 'lancedb') return openLanceIndexStore({ folder: place, displayName, onRebuild });
  return openSqliteIndexStore({ file: place, displayName, clock, onRebuild });
}
