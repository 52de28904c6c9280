import { readFile, stat } from 'node:fs/promises';
import { isAppError } from '../../kernel/index.ts';
import { resolveInside } from '../files/index.ts';
import { configErrors } from './errors.ts';

const maxConfigBytes = 262_144;

/** Text of the user's file; `undefined` when there is none. Errors: `config.unreadable`. */
export async function readConfigFile(file: string, shownName: string): Promise<string | undefined> {
  try {
    const facts = await stat(file);
    if (!facts.isFile()) throw unreadable(shownName, 'it is not a file');
    if (facts.size > maxConfigBytes)
      throw unreadable(shownName, `it has ${facts.size} bytes, the limit is ${maxConfigBytes}`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isAppError(error)) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unreadable(shownName, code ?? 'unknown');
  }
}

/** Text of the project's file, never followed out of the project. Errors: also `files.outside_project`. */
export async function readProjectConfigFile(
  projectRoot: string,
  shownName: string,
): Promise<string | undefined> {
  try {
    const { absolute } = await resolveInside(projectRoot, shownName);
    return await readConfigFile(absolute, shownName);
  } catch (error) {
    if (isAppError(error, 'files.not_found')) return undefined;
    throw error;
  }
}

function unreadable(place: string, reason: string) {
  return configErrors.make('config.unreadable', { place, reason });
}
