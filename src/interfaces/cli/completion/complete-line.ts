import type { Command } from 'commander';

/**
 * What may stand at the end of a command line as far as it is typed: sub-commands, options, and personas behind `@`.
 * Everything comes from the command tree.
 */
export function completeLine(program: Command, line: string, personas: readonly string[]): string[] {
  const words = line.split(/\s+/).slice(1);
  const typed = (words.pop() ?? '').replace(/^["']/, '');
  let command = program;
  for (const word of words) command = command.commands.find((child) => child.name() === word) ?? command;
  return candidatesOf(command, program, typed, personas).filter((candidate) => candidate.startsWith(typed));
}

function candidatesOf(
  command: Command,
  program: Command,
  typed: string,
  personas: readonly string[],
): string[] {
  if (typed.startsWith('-')) {
    const options = command === program ? program.options : [...command.options, ...program.options];
    return options.flatMap(({ long }) => long ?? []);
  }
  if (command.commands.length > 0) return command.commands.map((child) => child.name()).filter(isShown);
  const [argument] = command.registeredArguments;
  if (argument?.argChoices !== undefined) return argument.argChoices;
  if (argument?.name() === 'task') return personas.map((name) => `@${name}`);
  return argument?.name() === 'persona' ? [...personas] : [];
}

const isShown = (name: string) => !name.startsWith('__');
