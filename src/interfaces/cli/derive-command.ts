import { z } from 'zod';
import type { Command } from 'commander';
import type { AnyOperation } from '../../kernel/index.ts';

interface PropertySchema {
  type?: string;
  description?: string;
  enum?: string[];
  default?: unknown;
  anyOf?: PropertySchema[];
}

interface InputSchema {
  properties?: Record<string, PropertySchema>;
  required?: string[];
}

/** How an operation's input is written on the command line. */
export interface CommandForm {
  /** Fields given as words, in order: the required texts. */
  words: readonly string[];
  /** The one optional text of an operation without required ones: given as a word. */
  optionalWord: string | undefined;
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
  return {
    words,
    optionalWord: words.length === 0 && texts.length === 1 ? texts[0]![0] : undefined,
    flags: properties.filter((entry) => !isWord(entry)).map(([field, property]) => ({ field, property })),
  };
}

/** Declares the operation's words and flags on a command. */
export function declareForm(
  command: Command,
  { words, flags, optionalWord }: CommandForm,
  operation: AnyOperation<never>,
): void {
  const shape = (operation.input as z.ZodObject).shape as Record<string, z.ZodType>;
  for (const word of words) command.argument(`<${kebab(word)}>`, shape[word]?.description ?? '');
  if (optionalWord !== undefined)
    command.argument(`[${kebab(optionalWord)}]`, shape[optionalWord]?.description ?? '');
  for (const { field, property } of flags) {
    if (field === optionalWord) continue;
    const value = property.type === 'boolean' ? '' : ` <${property.enum?.join('|') ?? valueName(property)}>`;
    const standard =
      property.default === undefined || property.type === 'boolean'
        ? ''
        : ` (default ${JSON.stringify(property.default)})`;
    command.option(`--${kebab(field)}${value}`, `${property.description ?? ''}${standard}`);
  }
}

function valueName({ type }: PropertySchema): string {
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
  if (form.optionalWord !== undefined && words[0] !== undefined) input[form.optionalWord] = words[0];
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
