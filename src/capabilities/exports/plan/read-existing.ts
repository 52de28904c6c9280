import { access, constants, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isAppError, utf8Text } from '../../../kernel/index.ts';
import { resolveInside } from '../../../platform/files/index.ts';

/** A file that may be there. */
export type Existing =
  | {
      absolute: string;
      text: string | undefined;
      /** Its owner took away the right to write. */ isReadOnly: boolean;
    }
  | { conflict: string };

const maxBytes = 1_000_000;

/** The text at a place of the project, links followed, or why nothing can be written there. */
export async function readExisting(root: string, relative: string): Promise<Existing> {
  try {
    const { absolute, kind } = await resolveInside(root, relative);
    if (kind !== 'file') return { conflict: 'it is a folder' };
    const { size, mode } = await stat(absolute);
    if (size > maxBytes) return { conflict: `it has ${size} bytes, more than ${maxBytes}` };
    // Every byte that is no UTF-8 would be lost at the next write.
    const text = utf8Text(await readFile(absolute), { keepMark: true });
    if (typeof text !== 'string') return { conflict: 'it is not UTF-8 text' };
    return { absolute, text, isReadOnly: (mode & 0o222) === 0 };
  } catch (error) {
    if (isAppError(error, 'files.not_found')) {
      const absolute = path.join(root, ...relative.split('/'));
      const conflict = await whyNoNewFile(root, absolute);
      return conflict === undefined ? { absolute, text: undefined, isReadOnly: false } : { conflict };
    }
    if (isAppError(error)) return { conflict: error.message.replace(/\.$/, '') };
    throw error;
  }
}

/** Why no file can be made there: the nearest folder above it that exists is none, or nobody may write into it. */
async function whyNoNewFile(root: string, absolute: string): Promise<string | undefined> {
  for (let folder = path.dirname(absolute); ; folder = path.dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found === undefined && folder !== root) continue;
    if (found?.isDirectory() !== true) return 'a file stands where its folder would be';
    const mayWrite = await access(folder, constants.W_OK).then(
      () => (found.mode & 0o222) !== 0,
      () => false,
    );
    const name = path.relative(root, folder).replaceAll(path.sep, '/');
    return mayWrite
      ? undefined
      : `${name === '' ? "the project's folder" : name} is read-only: make it writable and export again`;
  }
}
