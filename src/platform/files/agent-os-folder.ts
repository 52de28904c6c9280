import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isAppError } from '../../kernel/index.ts';
import { placeIsInside } from './confinement.ts';
import { contains } from './contains.ts';
import { filesErrors } from './errors.ts';
import { systemCode } from './system-error.ts';
import { writeFileAtomically } from './write-atomically.ts';

const ignoredByGit =
  '# Troupe: state and cache of this machine. The rest of this folder belongs in git.\ntroupe.db*\n.cache/\n';

/**
 * Makes the project's `.agent-os/` and its `.gitignore` (for `troupe.db*` and `.cache/`) where missing; returns the
 * folder's real path. An existing `.gitignore` is left as it is. Safe when several processes start at once.
 * Errors: `files.outside_project` when the folder is a link that leads out, `files.not_a_folder`,
 * `files.not_writable`, `files.disk_full`.
 */
export async function ensureAgentOsFolder(root: string): Promise<string> {
  const realRoot = await realpath(root);
  const named = path.join(realRoot, '.agent-os');
  if (!(await placeIsInside(realRoot, named)))
    throw filesErrors.make('files.outside_project', { path: '.agent-os' });
  await makeFolder(named);
  const folder = await realpath(named);
  if (!contains(realRoot, folder)) throw filesErrors.make('files.outside_project', { path: '.agent-os' });

  const gitignore = path.join(folder, '.gitignore');
  if ((await lstat(gitignore).catch(() => undefined)) === undefined) {
    await writeFileAtomically(gitignore, ignoredByGit, { exclusive: true }).catch((error: unknown) => {
      if (!isAppError(error, 'files.exists')) throw error;
    });
  }
  return folder;
}

async function makeFolder(named: string): Promise<void> {
  try {
    await mkdir(named, { recursive: true });
    if ((await stat(named)).isDirectory()) return;
  } catch (error) {
    const code = systemCode(error) ?? 'unknown';
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw filesErrors.make('files.disk_full', { path: '.agent-os', systemCode: code }, { cause: error });
    }
    if (code !== 'EEXIST' && code !== 'ENOTDIR') {
      throw filesErrors.make('files.not_writable', { path: '.agent-os', systemCode: code }, { cause: error });
    }
  }
  throw filesErrors.make('files.not_a_folder', { path: '.agent-os' });
}
