import { statSync } from 'node:fs';
import type { AppError } from '../../kernel/index.ts';
import { databaseErrors } from './errors.ts';

/**
 * Watches the place of a file that was just opened. What is returned tells whether the path still leads to that file:
 * `undefined`, or `database.replaced`. A file that was deleted goes on for those who have it open, and for nobody else. Some
 * microseconds. As SQLite does, only the file's number is compared: a network share that is mounted anew has another device.
 * A path that cannot be looked at tells nothing.
 */
export function watchPlace(path: string, displayName: string): () => AppError | undefined {
  const opened = numberOfFile(path);
  return () => {
    const found = numberOfFile(path);
    if (typeof opened !== 'number' || found === undefined || found === opened) return undefined;
    const isGone = found === 'missing';
    return databaseErrors.make('database.replaced', { database: displayName, isGone });
  };
}

function numberOfFile(path: string): number | 'missing' | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.ino ?? 'missing';
  } catch {
    return undefined;
  }
}
