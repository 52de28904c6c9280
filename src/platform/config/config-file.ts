import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { utf8Text } from '../../kernel/index.ts';
import { resolveInside } from '../files/index.ts';
import { configErrors } from './errors.ts';

const maxConfigBytes = 262_144;

// Synchronous: every command starts here, mostly to find no file, and a turn through the thread pool costs more.

/** Text of the user's file; `undefined` when there is none. Errors: `config.unreadable`. */
export function readConfigFile(file: string, shownName: string): string | undefined {
  const unreadable = (reason: string) => configErrors.make('config.unreadable', { place: shownName, reason });
  const facts = factsOf(file);
  if (facts === undefined) return undefined;
  if (!facts.isFile()) throw unreadable('it is not a file');
  if (facts.size > maxConfigBytes)
    throw unreadable(`it has ${facts.size} bytes, the limit is ${maxConfigBytes}`);
  const text = utf8Text(bytesOf(file, unreadable), { keepMark: true });
  if (typeof text !== 'string') throw unreadable(`it is not UTF-8 (line ${text.line})`);
  return text;
}

function bytesOf(file: string, unreadable: (reason: string) => Error): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unreadable((error as NodeJS.ErrnoException).code ?? 'unknown');
  }
}

/** Text of the project's file, never followed out of the project. Errors: also `files.outside_project`. */
export async function readProjectConfigFile(
  projectRoot: string,
  shownName: string,
): Promise<string | undefined> {
  if (factsOf(path.join(projectRoot, shownName)) === undefined) return undefined;
  const { absolute } = await resolveInside(projectRoot, shownName);
  return readConfigFile(absolute, shownName);
}

/** `undefined` where nothing stands, or nothing can be reached. */
function factsOf(file: string) {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
