import { randomBytes } from 'node:crypto';
import {
  constants,
  copyFile,
  link,
  lstat,
  mkdir,
  open,
  rename,
  unlink,
  type FileHandle,
} from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../kernel/index.ts';
import { filesErrors } from './errors.ts';
import { systemCode } from './system-error.ts';

const fullCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const noHardLinkCodes = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);
// Windows refuses to replace a file while a virus scanner or an editor holds it open; that passes.
const heldOpenCodes = new Set(['EPERM', 'EACCES', 'EBUSY']);
const renameAttempts = 6;
const renamePauseMs = 25;

/**
 * Writes a text file so that others see the old content or the new, never a part, also after a crash. Makes missing
 * folders. A link in the file's place is replaced, not followed.
 *
 * With `exclusive`, of any number of concurrent writers one succeeds and an existing file is never touched.
 * `mode` are the permissions, by default those of the file that is replaced; a new one gets 0o644 less the process's mask.
 * Errors: `files.exists`, `files.disk_full`, `files.not_writable`, `files.not_a_folder`; after each the old content stands.
 */
export async function writeFileAtomically(
  target: string,
  text: string,
  { exclusive = false, mode }: { exclusive?: boolean; mode?: number } = {},
): Promise<void> {
  const folder = path.dirname(target);
  const draft = path.join(folder, `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  await makeFolder(folder);
  try {
    await writeDurably(draft, text, mode ?? (exclusive ? undefined : await modeOf(target)));
    if (exclusive) await placeNew(draft, target);
    else await replace(draft, target);
    await syncFolder(folder);
  } catch (error) {
    throw translated(error, target);
  } finally {
    // Gone already after a rename.
    await unlink(draft).catch(() => undefined);
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw translated(error, folder);
    throw filesErrors.make('files.not_a_folder', { path: path.basename(folder) }, { cause: error });
  }
}

/** Permissions of the file in that place; `undefined` when none is there. A link's are nobody's choice. */
async function modeOf(target: string): Promise<number | undefined> {
  const facts = await lstat(target).catch(() => undefined);
  return facts?.isFile() === true ? facts.mode & 0o777 : undefined;
}

async function writeDurably(file: string, text: string, mode: number | undefined): Promise<void> {
  const handle = await open(file, 'wx', mode ?? 0o644);
  try {
    if (mode !== undefined) await giveMode(handle, mode);
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What the process's mask took away. */
async function giveMode(handle: FileHandle, mode: number): Promise<void> {
  const given = (await handle.stat()).mode & 0o777;
  // A file system that knows no permissions refuses to change them; then there are none to keep.
  if (given !== mode) await handle.chmod(mode).catch(() => undefined);
}

async function placeNew(draft: string, target: string): Promise<void> {
  try {
    await link(draft, target);
  } catch (error) {
    if (!noHardLinkCodes.has(systemCode(error) ?? '')) throw error;
    // File systems without hard links: still exclusive, though a crash may leave a part.
    await copyFile(draft, target, constants.COPYFILE_EXCL);
  }
}

async function replace(draft: string, target: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(draft, target);
    } catch (error) {
      const mayPass = process.platform === 'win32' && heldOpenCodes.has(systemCode(error) ?? '');
      if (!mayPass || attempt === renameAttempts) throw error;
      await systemClock.sleep(renamePauseMs * attempt);
    }
  }
}

/**
 * Makes the new name survive a power cut. Windows cannot sync folders, and needs not. Never throws: the new content
 * stands by now, and a folder that lets nobody read it is no reason to say otherwise.
 */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}

function translated(error: unknown, target: string): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  const facts = { path: path.basename(target), systemCode: code };
  if (code === 'EEXIST') return filesErrors.make('files.exists', { path: facts.path }, { cause: error });
  if (fullCodes.has(code)) return filesErrors.make('files.disk_full', facts, { cause: error });
  return filesErrors.make('files.not_writable', facts, { cause: error });
}
