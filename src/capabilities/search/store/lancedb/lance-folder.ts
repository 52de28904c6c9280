import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { searchErrors } from '../../errors.ts';
import { indexFormat } from '../index-format.ts';

const packageName = '@lancedb/lancedb';

/** Each format has a table of its own name. */
export const lanceTableName = `standards_${indexFormat.replaceAll('.', '_')}`;

/** Loads LanceDB's library, which people install beside troupe. Errors: `search.lancedb_missing`. */
export async function loadLance() {
  // Its engine writes warnings to standard output's neighbour otherwise, and standard error is the log.
  process.env['LANCEDB_LOG'] ??= 'error';
  try {
    return await import('@lancedb/lancedb');
  } catch (error) {
    throw missing(error);
  }
}

/** The same without loading it, which takes long. Errors: `search.lancedb_missing`. */
export function assertLanceInstalled(): void {
  try {
    import.meta.resolve(packageName);
  } catch (error) {
    throw missing(error);
  }
}

function missing(error: unknown): Error {
  const message = error instanceof Error ? error.message.split('\n')[0]! : String(error);
  // From where in this program says nothing to who installs it.
  const reason = message.replace(/ imported from .*/, '');
  return searchErrors.make('search.lancedb_missing', { reason }, { cause: error });
}

/** Bytes of all files in a folder and below; 0 where there is none. */
export async function sizeOfFolder(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(path.join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
