import { readFile, unlink } from 'node:fs/promises';
import { writeFileAtomically } from '../../../platform/files/index.ts';
import { isAppError } from '../../../kernel/index.ts';
import { exportErrors } from '../errors.ts';
import type { PlannedFile } from './planned-file.ts';

/**
 * Does what was planned. A file that was changed since is left as it is and becomes a conflict; the others are done.
 * Errors: those of `writeFileAtomically` but `files.exists`.
 */
export async function applyPlan(planned: readonly PlannedFile[]): Promise<PlannedFile[]> {
  const done: PlannedFile[] = [];
  for (const file of planned) {
    try {
      await applyOne(file);
      done.push(file);
    } catch (error) {
      if (!isAppError(error, 'exports.file_changed') && !isAppError(error, 'files.exists')) throw error;
      const reason = exportErrors.make('exports.file_changed', { path: file.path }).message;
      done.push({ ...file, action: 'conflict', reason, content: null });
    }
  }
  return done;
}

async function applyOne({ path, write }: PlannedFile): Promise<void> {
  if (write === undefined) return;
  const { absolute, before, after } = write;
  const now = await readFile(absolute).catch(() => undefined);
  const was = before === undefined ? undefined : Buffer.from(before);
  if (was === undefined ? now !== undefined : now?.equals(was) !== true)
    throw exportErrors.make('exports.file_changed', { path });
  if (after === undefined) await unlink(absolute);
  else await writeFileAtomically(absolute, after, { exclusive: before === undefined });
}
