import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CliHost } from '../cli-host.ts';
import { cliErrors } from '../errors.ts';

/** More than any setting admits as context, so that an endless input ends. */
const maxBytes = 10_000_000;

/**
 * The text that goes with a task: a file's, or what was piped in. Errors: `cli.context_unreadable`,
 * `cli.context_too_large`.
 */
export async function readContext<Deps>(
  host: CliHost<Deps>,
  file: string | undefined,
): Promise<string | undefined> {
  if (file === undefined || file === '-') {
    const { text, silent } = await host.terminal.readInput(file === '-');
    if (silent)
      host.terminal.err('Standard input is open and silent, so it is not read; --context - waits for it.\n');
    return text;
  }
  const path = resolve(host.cwd, file);
  try {
    const { size } = await stat(path);
    if (size > maxBytes)
      throw cliErrors.make('cli.context_too_large', { file, sizeBytes: size, limitBytes: maxBytes });
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || code.includes('.')) throw error;
    throw cliErrors.make('cli.context_unreadable', { file, reason: code }, { cause: error });
  }
}
