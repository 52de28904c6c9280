import { readFile, unlink } from 'node:fs/promises';
import { filesErrors, writeFileAtomically } from '../../../platform/files/index.ts';
import { isAppError } from '../../../kernel/index.ts';
import { exportErrors } from '../errors.ts';
import type { PlannedFile } from './planned-file.ts';

/**
 * Does what was planned. A file that was changed since, or that cannot be written, is left as it is and becomes a
 * conflict; the others are done. Errors: `files.disk_full`.
 */
export async function applyPlan(planned: readonly PlannedFile[]): Promise<PlannedFile[]> {
  const done: PlannedFile[] = [];
  for (const file of planned) {
    try {
      await applyOne(file);
      done.push(file);
    } catch (error) {
      done.push({ ...file, action: 'conflict', reason: reasonOf(error), content: null });
    }
  }
  return done;
}

/** Errors: what is no matter of one file. */
function reasonOf(error: unknown): string {
  if (isAppError(error, 'exports.file_changed') || isAppError(error, 'files.exists'))
    return 'it was changed while the export was made: run the export again';
  if (isAppError(error, 'files.not_a_folder')) return 'a file stands where its folder would be';
  if (!isAppError(error, 'files.not_writable')) throw error;
  const { systemCode } = error.details as { systemCode: string };
  return `it cannot be written (${systemCode}): check the permissions of the file and its folder`;
}

async function applyOne({ path, write }: PlannedFile): Promise<void> {
  if (write === undefined) return;
  const { absolute, before, after } = write;
  const now = await readFile(absolute).catch(() => undefined);
  const was = before === undefined ? undefined : Buffer.from(before);
  if (was === undefined ? now !== undefined : now?.equals(was) !== true)
    throw exportErrors.make('exports.file_changed', { path });
  if (after === undefined) await removeFile(absolute, path);
  else await writeFileAtomically(absolute, after, { exclusive: before === undefined });
}

/** Errors: `files.not_writable`. */
async function removeFile(absolute: string, path: string): Promise<void> {
  try {
    await unlink(absolute);
  } catch (error) {
    const systemCode = (error as NodeJS.ErrnoException).code ?? String(error);
    throw filesErrors.make('files.not_writable', { path, systemCode }, { cause: error });
  }
}
