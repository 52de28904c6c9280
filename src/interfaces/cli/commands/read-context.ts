import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isAppError } from '../../../kernel/index.ts';
import type { CliHost } from '../cli-host.ts';
import { cliErrors } from '../errors.ts';
import { readNamedFile } from './read-named-file.ts';

/** More than any setting admits as context, so that an endless input ends. */
export const maxContextBytes = 10_000_000;

/**
 * The text that goes with a task: a file's, or what was piped in; `undefined` where there is none, `isEmpty` where a pipe or
 * a file ended without any. A file is looked for from where the person stands, then from the project's root.
 * Errors: `cli.context_unreadable`, `cli.context_too_large`; the reason of `host.interrupted`.
 */
export async function readContext<Deps>(
  host: CliHost<Deps>,
  file: string | undefined,
  root: string,
): Promise<{ text: string | undefined; isEmpty: boolean }> {
  if (file === undefined || file === '-') {
    const { text, silent, isEmpty } = await host.terminal.readInput({
      wait: file === '-',
      maxBytes: maxContextBytes,
      signal: host.interrupted,
    });
    if (silent)
      host.terminal.err('Standard input is open and silent, so it is not read; --context - waits for it.\n');
    return { text, isEmpty };
  }
  const fromHere = resolve(host.cwd, file);
  const path = existsSync(fromHere) ? fromHere : resolve(root, file);
  try {
    const text = await readNamedFile({ file, path, maxBytes: maxContextBytes, signal: host.interrupted });
    return text.trim() === '' ? { text: undefined, isEmpty: true } : { text, isEmpty: false };
  } catch (error) {
    if (isAppError(error) || host.interrupted.aborted) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw cliErrors.make('cli.context_unreadable', { file, reason: code }, { cause: error });
  }
}
