import { createInterface } from 'node:readline/promises';
import { cliErrors, exitCodes, type Terminal } from '../interfaces/cli/index.ts';
import { readInput } from './read-input.ts';

/** This process's terminal. `onLeft` is told when a person leaves a question by Ctrl-C; its answer is then no. */
export function openTerminal(onLeft: () => void): Terminal {
  const { stdin, stdout, stderr, env } = process;
  // Of notes that cannot be written nobody can be told.
  stderr.on('error', () => undefined);
  let hasFailed = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` that has seen enough, or a terminal that was closed, is no failure.
    if (hasFailed || error.code === 'EPIPE' || error.code === 'EIO') return;
    hasFailed = true;
    const { line, category } = cliErrors.make(
      'cli.output_failed',
      { reason: error.code ?? error.message },
      { cause: error },
    );
    stderr.write(` ${line}\n`);
    // What was begun is finished and stored before.
    process.once('exit', (code) => {
      if (code === 0) process.exitCode = exitCodes[category];
    });
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
    readInput: (options) => readInput(stdin, options),
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
