import type { Command } from 'commander';
import { optionAwaiting, valuesOf } from './option-values.ts';

/**
 * What may stand at the end of a command line as far as it is typed: sub-commands, options, the values of an option, and
 * personas behind `@`. Nothing where an option takes any text: the shell then offers files.
 * Everything comes from the command tree.
 */
export function completeLine(program: Command, line: string, personas: readonly string[]): string[] {
  const words = line.split(/\s+/).slice(1);
  const typed = (words.pop() ?? '').replace(/^["']/, '');
  let command = program;
  for (const word of words) command = command.commands.find((child) => child.name() === word) ?? command;
  const [joined, flag = '', begun = ''] = /^(--[^=]+)=(.*)$/.exec(typed) ?? [];
  const awaiting = optionAwaiting(joined === undefined ? words.at(-1) : flag, [command, program]);
  if (awaiting === undefined)
    return candidatesOf(command, program, typed, personas).filter((candidate) => candidate.startsWith(typed));
  const values = valuesOf(awaiting, joined === undefined ? typed : begun);
  return joined === undefined ? values : values.map((value) => `${flag}=${value}`);
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
