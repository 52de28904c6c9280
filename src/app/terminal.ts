import { createInterface } from 'node:readline/promises';
import type { Terminal } from '../interfaces/cli/index.ts';
import { readInput } from './read-input.ts';

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
    readInput: (wait) => readInput(stdin, wait),
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
