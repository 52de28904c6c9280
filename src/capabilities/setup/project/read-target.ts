import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isAppError, utf8Text } from '../../../kernel/index.ts';
import { resolveInside } from '../../../platform/files/index.ts';
import { setupErrors } from '../errors.ts';

/** What stands in a file's place now. */
export interface Target {
  /** Where it is written: behind the user's own links, never out of the project for a project's file. */
  path: string;
  text: string | undefined;
}

/** Larger than any configuration that people write. */
const maxBytes = 5_000_000;

/** Reads a file that is about to be extended. Errors: `files.outside_project`, `setup.config_unreadable`. */
export async function readTarget(
  file: string,
  shownPath: string,
  projectRoot: string | undefined,
): Promise<Target> {
  const real = projectRoot === undefined ? await throughLinks(file) : await inside(projectRoot, file);
  const facts = await stat(real).catch(() => undefined);
  if (facts === undefined) return { path: real, text: undefined };
  const unreadable = (reason: string) =>
    setupErrors.make('setup.config_unreadable', { path: shownPath, line: undefined, reason });
  if (!facts.isFile()) throw unreadable('it is not a file');
  if (facts.size > maxBytes) throw unreadable(`it has ${facts.size} bytes, the limit is ${maxBytes}`);
  const bytes = await readFile(real).catch((error: unknown) => {
    throw unreadable((error as NodeJS.ErrnoException).code ?? String(error));
  });
  // It is written back: a byte that is lost here would be lost to its owner.
  const text = utf8Text(bytes, { keepMark: true });
  if (typeof text !== 'string') throw unreadable(`it is not UTF-8 (line ${text.line})`);
  return { path: real, text };
}

/** A configuration in the home folder may be a link into the user's collection of them. */
const throughLinks = (file: string) => realpath(file).catch(() => file);

async function inside(root: string, file: string): Promise<string> {
  try {
    return (await resolveInside(root, path.relative(root, file))).absolute;
  } catch (error) {
    if (isAppError(error, 'files.not_found')) return file;
    throw error;
  }
}
