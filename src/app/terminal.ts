import { createInterface } from 'node:readline/promises';
import type { Terminal } from '../interfaces/cli/index.ts';
import { readInput } from './read-input.ts';

/** This process's terminal. `onLeft` is told when a person leaves a question by Ctrl-C; its answer is then no. */
export function openTerminal(onLeft: () => void): Terminal {
  const { stdin, stdout, stderr, env } = process;
  // A reader such as `head` that has seen enough is no failure; what was begun is finished and stored.
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  return {
    out: (chunk) => void stdout.write(chunk),
    err: (chunk) => void stderr.write(chunk),
    outIsTerminal: isTerminal(stdout),
    errIsTerminal: isTerminal(stderr),
    inIsTerminal: isTerminal(stdin),
    get columns() {
      // A terminal of unknown size says 0.
      return stderr.columns > 0 ? stderr.columns : 80;
    },
    // By the convention an empty NO_COLOR is none.
    color: (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
    readInput: (wait) => readInput(stdin, wait),
    async confirm(question, onEnter) {
      const lines = createInterface({ input: stdin, output: stderr });
      // Ctrl-C and the end of input are no consent.
      const left = new Promise<string>((resolve) => lines.once('close', () => resolve('n')));
      lines.once('SIGINT', () => {
        onLeft();
        lines.close();
      });
      try {
        const choice = onEnter === 'yes' ? '[Y/n]' : '[y/N]';
        const answer = (await Promise.race([lines.question(`${question} ${choice} `), left])).trim();
        return answer === '' ? onEnter === 'yes' : /^(y|yes)$/i.test(answer);
      } finally {
        lines.close();
      }
    },
  };
}

/** Node leaves `isTTY` out where there is no terminal, whatever its type says. */
function isTerminal(stream: { isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}
