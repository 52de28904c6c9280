import type { Command, Option } from 'commander';

/**
 * The values of an option that begin as `typed` does: those it was declared with, or that its form names, as in
 * `--priority <low|normal|high>`. Of a list with commas, as in `--client <cursor,vscode>`, the last is completed.
 */
export function valuesOf(option: Option, typed: string): string[] {
  const form = /<([^>]+)>/.exec(option.flags)?.[1] ?? '';
  const isList = !form.includes('|') && form.includes(',') && form !== anyList;
  const values = option.argChoices ?? (isList ? form.split(',') : form.includes('|') ? form.split('|') : []);
  const kept = isList ? typed.slice(0, typed.lastIndexOf(',') + 1) : '';
  const chosen = kept.split(',');
  return values
    .filter((value) => !chosen.includes(value))
    .map((value) => kept + value)
    .filter((value) => value.startsWith(typed));
}

/** How the form of a list of any texts is written. */
const anyList = 'a,b';

/** The option whose value stands behind this word: `--priority` of `--priority normal`. */
export function optionAwaiting(word: string | undefined, commands: readonly Command[]): Option | undefined {
  const option = commands
    .flatMap(({ options }) => options)
    .find(({ long, short }) => word !== undefined && (word === long || word === short));
  return option?.required === true ? option : undefined;
}
