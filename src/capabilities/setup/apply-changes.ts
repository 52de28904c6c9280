import { readFile } from 'node:fs/promises';
import { writeFileAtomically } from '../../platform/files/index.ts';
import { setupErrors } from './errors.ts';
import type { FileChange } from './project/file-change.ts';

/**
 * Writes what was planned and shown, each file whole or not at all, permissions kept.
 * Errors: `setup.file_changed` when a file is no longer as it was when the plan was made, and those of `writeFileAtomically`.
 */
export async function applyChanges(changes: readonly FileChange[]): Promise<void> {
  for (const { path, shownPath, before, after } of changes) {
    const now = await readFile(path, 'utf8').catch(() => undefined);
    if (now !== before) throw setupErrors.make('setup.file_changed', { path: shownPath });
    await writeFileAtomically(path, after, { exclusive: before === undefined });
  }
}
