import { open, stat } from 'node:fs/promises';
import { databaseErrors } from './errors.ts';

/** Refuses what is no SQLite file before anything is opened or created beside it. */
export async function assertSqliteFile(path: string, displayName: string): Promise<void> {
  const unusable = (reason: string, cause?: unknown) =>
    databaseErrors.make('database.read_only', { database: displayName, reason }, { cause });
  const facts = await stat(path).catch(() => undefined);
  // Opening a pipe to read it would wait for ever.
  if (facts !== undefined && !facts.isFile()) throw unusable('it is not a file');
  const file = await open(path, 'r').catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw unusable(code ?? message, error);
  });
  if (file === undefined) return;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(16), 0, 16, 0);
    if (bytesRead > 0 && !buffer.subarray(0, 15).equals(Buffer.from('SQLite format 3'))) {
      const reason = 'it does not begin like a SQLite file';
      throw databaseErrors.make('database.corrupted', { database: displayName, reason });
    }
  } finally {
    await file.close();
  }
}
