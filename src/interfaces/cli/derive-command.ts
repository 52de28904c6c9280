import { z } from 'zod';
import type { Command } from 'commander';
import type { AnyOperation } from '../../kernel/index.ts';

interface PropertySchema {
  type?: string;
  description?: string;
  enum?: string[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  anyOf?: PropertySchema[];
  /** Noted by `.meta({ word: true })`: given as a word although it may be left out. */
  word?: boolean;
}

interface InputSchema {
  properties?: Record<string, PropertySchema>;
  required?: string[];
}

/** How an operation's input is written on the command line. */
export interface CommandForm {
  /** Fields given as words, in order: the required texts. */
  words: readonly string[];
  /** The one optional text of an operation without required ones, or the one marked as `word`: given as a word. */
  optionalWord: string | undefined;
  /** Whether any number of words may be given for `optionalWord`. */
  isList: boolean;
  /** Fields given as `--flags`. */
  flags: readonly { field: string; property: PropertySchema }[];
}

const kebab = (field: string) => field.replaceAll('_', '-');
const camel = (field: string) => field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Derives words and flags from the input schema: one source for validation, help and every door. */
export function formOf(operation: AnyOperation<never>): CommandForm {
  const schema = z.toJSONSchema(operation.input as z.ZodType, { io: 'input' }) as InputSchema;
  const properties = Object.entries(schema.properties ?? {});
  const isWord = ([field, property]: [string, PropertySchema]) =>
    property.type === 'string' && (schema.required ?? []).includes(field);
  const words = properties.filter(isWord).map(([field]) => field);
  const texts = properties.filter(
    ([, { type, enum: choices, default: standard }]) =>
      type === 'string' && choices === undefined && standard === undefined,
  );
  const marked = properties.find(([, { word }]) => word === true);
  return {
    words,
    optionalWord: marked?.[0] ?? (words.length === 0 && texts.length === 1 ? texts[0]![0] : undefined),
    isList: marked?.[1].type === 'array',
    flags: properties.filter((entry) => !isWord(entry)).map(([field, property]) => ({ field, property })),
  };
}

/** Declares the operation's words and flags on a command. */
export function declareForm(
  command: Command,
  { words, flags, optionalWord, isList }: CommandForm,
  operation: AnyOperation<never>,
): void {
  const shape = (operation.input as z.ZodObject).shape as Record<string, z.ZodType>;
  for (const word of words) command.argument(`<${kebab(word)}>`, shape[word]?.description ?? '');
  if (optionalWord !== undefined)
    command.argument(
      `[${kebab(optionalWord)}${isList ? '...' : ''}]`,
      shape[optionalWord]?.description ?? '',
    );
  for (const { field, property } of flags) {
    if (field === optionalWord) continue;
    const value = property.type === 'boolean' ? '' : ` <${property.enum?.join('|') ?? valueName(property)}>`;
    const flags = `--${kebab(field)}${value}`;
    if (property.type === 'array') command.option(flags, helpOf(property), withListed);
    else command.option(flags, helpOf(property));
  }
}

/** A flag's help: what it means, its range, its default. */
function helpOf({ type, description = '', minimum, maximum, default: standard }: PropertySchema): string {
  // A flag that is given is true; there is nothing else it must be.
  const text = type === 'boolean' ? description.replace(/^Must be true: /, 'Needed: ') : description;
  const facts = [
    ...((type === 'integer' || type === 'number') && minimum !== undefined && maximum !== undefined
      ? [`${minimum}–${maximum}`]
      : []),
    ...(standard === undefined || type === 'boolean' ? [] : [`default ${JSON.stringify(standard)}`]),
  ];
  return facts.length === 0 ? text : `${text} (${facts.join(', ')})`;
}

/**
 * A text about an operation's fields, with the fields as the command line writes them: `--wait-seconds`, `<job-id>`. A
 * field is known by its `_` or a value behind it, or by standing at the `beginning`; other words are just words.
 */
export function inFlags(
  text: string,
  form: CommandForm,
  place: 'anywhere' | 'beginning' = 'anywhere',
): string {
  const asWords = [...form.words, ...(form.optionalWord === undefined ? [] : [form.optionalWord])];
  const written = new Map([
    ...form.flags.map(({ field }) => [field, `--${kebab(field)}`] as const),
    ...asWords.map((field) => [field, `<${kebab(field)}>`] as const),
  ]);
  if (place === 'beginning') return text.replace(/^[a-z_]+/, (field) => written.get(field) ?? field);
  return text.replaceAll(/\b([a-z_]+)(?:: true\b)?/g, (whole: string, field: string) => {
    const isField = whole !== field || field.includes('_');
    return isField ? (written.get(field) ?? whole) : whole;
  });
}

/** A list is written with commas, or flag by flag. */
function withListed(given: string, before: readonly string[] = []): readonly string[] {
  const items = given.split(',').map((item) => item.trim());
  return [...before, ...items.filter((item) => item !== '')];
}

function valueName({ type }: PropertySchema): string {
  if (type === 'array') return 'a,b';
  return type === 'integer' || type === 'number' ? 'n' : 'text';
}

/** The input as the operation's schema reads it. Numbers become numbers; what is no number stays for the schema to refuse. */
export function inputOf(
  form: CommandForm,
  words: readonly string[],
  options: Record<string, unknown>,
): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  form.words.forEach((field, index) => (input[field] = words[index]));
  if (form.optionalWord !== undefined && words[0] !== undefined)
    input[form.optionalWord] = form.isList ? [...words] : words[0];
  for (const { field, property } of form.flags) {
    const given = options[camel(field)];
    if (given !== undefined)
      input[field] = isNumeric(property) && typeof given === 'string' ? asNumber(given) : given;
  }
  return input;
}

const isNumeric = ({ type }: PropertySchema) => type === 'integer' || type === 'number';

function asNumber(text: string): unknown {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}
