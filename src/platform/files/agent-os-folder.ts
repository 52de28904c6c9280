import { access, constants, lstat, mkdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isAppError } from '../../kernel/index.ts';
import { assertProjectThere, placeIsInside } from './confinement.ts';
import { contains } from './contains.ts';
import { filesErrors } from './errors.ts';
import { systemCode } from './system-error.ts';
import { writeFileAtomically } from './write-atomically.ts';

const ignoredByGit =
  '# Troupe: state and cache of this machine. The rest of this folder belongs in git.\ntroupe.db*\n.cache/\n';

/**
 * Makes the project's `.agent-os/` and its `.gitignore` (for `troupe.db*` and `.cache/`) where missing; returns the
 * folder's real path, and whether this call made it. An existing `.gitignore` is left as it is. Safe when several processes
 * start at once. Errors: `files.outside_project` when the folder is a link that leads out, `files.not_a_folder`,
 * `files.not_writable` also when it is there and nothing can be written in it, `files.disk_full`, `files.project_gone`.
 */
export async function ensureAgentOsFolder(root: string): Promise<{ folder: string; isNew: boolean }> {
  await assertProjectThere(root);
  const realRoot = await realpath(root);
  const named = path.join(realRoot, '.agent-os');
  if (!(await placeIsInside(realRoot, named)))
    throw filesErrors.make('files.outside_project', { path: '.agent-os' });
  const isNew = await makeFolder(named);
  const folder = await realpath(named);
  if (!contains(realRoot, folder)) throw filesErrors.make('files.outside_project', { path: '.agent-os' });

  const gitignore = path.join(folder, '.gitignore');
  if ((await lstat(gitignore).catch(() => undefined)) === undefined) {
    await writeFileAtomically(gitignore, ignoredByGit, { exclusive: true }).catch((error: unknown) => {
      if (!isAppError(error, 'files.exists')) throw error;
    });
  }
  return { folder, isNew };
}

/** Whether it was missing. Errors: those of `ensureAgentOsFolder`. */
async function makeFolder(named: string): Promise<boolean> {
  try {
    // Not `recursive`: of a disk that cannot be written Node then says that the folder is missing.
    await mkdir(named);
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw unmade(error);
  }
  const facts = await stat(named).catch(() => undefined);
  if (facts?.isDirectory() !== true) throw filesErrors.make('files.not_a_folder', { path: '.agent-os' });
  await access(named, constants.W_OK).catch((error: unknown) => {
    throw unmade(error);
  });
  return false;
}

function unmade(error: unknown) {
  const code = systemCode(error) ?? 'unknown';
  const facts = { path: '.agent-os', systemCode: code };
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return filesErrors.make(isFull ? 'files.disk_full' : 'files.not_writable', facts, { cause: error });
}
