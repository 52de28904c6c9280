import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CliHost } from '../cli-host.ts';
import { cliErrors } from '../errors.ts';

/** More than any setting admits as context, so that an endless input ends. */
const maxBytes = 10_000_000;

/**
 * The text that goes with a task: a file's, or what was piped in; `undefined` where there is none, `isEmpty` where a pipe or
 * a file ended without any. A file is looked for from where the person stands, then from the project's root.
 * Errors: `cli.context_unreadable`, `cli.context_too_large`.
 */
export async function readContext<Deps>(
  host: CliHost<Deps>,
  file: string | undefined,
  root: string,
): Promise<{ text: string | undefined; isEmpty: boolean }> {
  if (file === undefined || file === '-') {
    const { text, silent, isEmpty } = await host.terminal.readInput(file === '-');
    if (silent)
      host.terminal.err('Standard input is open and silent, so it is not read; --context - waits for it.\n');
    return { text, isEmpty };
  }
  const fromHere = resolve(host.cwd, file);
  const path = existsSync(fromHere) ? fromHere : resolve(root, file);
  try {
    const { size } = await stat(path);
    if (size > maxBytes)
      throw cliErrors.make('cli.context_too_large', { file, sizeBytes: size, limitBytes: maxBytes });
    const text = await readFile(path, 'utf8');
    return text.trim() === '' ? { text: undefined, isEmpty: true } : { text, isEmpty: false };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || code.includes('.')) throw error;
    throw cliErrors.make('cli.context_unreadable', { file, reason: code }, { cause: error });
  }
}
