import type { Command } from 'commander';
import { nearestNames } from '../../../kernel/index.ts';
import { cliErrors } from '../errors.ts';

/**
 * `troupe help jobs list`: the help of the command that the words name, of any depth.
 * Errors: `cli.usage` for a word that names none, with the nearest that do.
 */
export function showHelp(program: Command, words: readonly string[]): void {
  let command = program;
  for (const [at, word] of words.entries()) {
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) {
      const named = words.slice(0, at + 1).join(' ');
      const known = command.commands.map((one) => one.name());
      const near = nearestNames(word, known);
      const hint = near.length === 0 ? '' : ` (did you mean ${near.join(' or ')}?)`;
      throw cliErrors.make('cli.usage', { problem: `there is no command "${named}"${hint}` });
    }
    command = next;
  }
  command.outputHelp();
}
