import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import type { Terminal } from '../interfaces/cli/index.ts';

/** This process's terminal. */
export function openTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    out: (chunk) => void stdout.write(chunk),
    err: (chunk) => void stderr.write(chunk),
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
    inIsTerminal: stdin.isTTY === true,
    columns: stderr.columns ?? 80,
    color: env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb',
    async readInput() {
      if (stdin.isTTY) return undefined;
      const piped = await text(stdin);
      return piped.trim() === '' ? undefined : piped;
    },
    async confirm(question) {
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return /^(y|yes|)$/i.test((await lines.question(`${question} [Y/n] `)).trim());
      } finally {
        lines.close();
      }
    },
  };
}
