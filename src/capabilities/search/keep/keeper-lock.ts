import { existsSync } from 'node:fs';
import path from 'node:path';
import { makeCacheFolder } from '../store/cache-folder.ts';

/** SQLITE_BUSY. */
const busy = 5;

/** Held by the one process that keeps the index. */
export interface KeeperLock {
  release(): void;
}

/**
 * Takes the lock of a file, or returns `undefined` when another process has it or the file cannot be made. Never waits.
 *
 * Guarantee: at most one holder; the operating system frees the lock of a process that died, however it died. It is the lock
 * of an open SQLite transaction, which is the same on every system, writes nothing, and needs no clock.
 */
export async function takeKeeperLock(file: string): Promise<KeeperLock | undefined> {
  const { DatabaseSync } = await import('node:sqlite');
  await makeCacheFolder(path.dirname(file)).catch(() => undefined);
  let database;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
  } catch {
    database?.close();
    return undefined;
  }
  const held = database;
  return { release: () => held.close() };
}

/** Whether some process holds the lock now. Takes and makes nothing. */
export async function isKept(file: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  const { DatabaseSync } = await import('node:sqlite');
  let database;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 0 });
    // An exclusive transaction of another connection keeps out readers too.
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    return (error as { errcode?: unknown }).errcode === busy;
  } finally {
    database?.close();
  }
}
