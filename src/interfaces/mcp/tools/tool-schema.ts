import type { z } from 'zod';
import { describeNode, fieldsOf, requiredOf, type JsonSchema } from './schema-node.ts';

/** JSON Schema of an object, as it stands in a tool definition. */
export interface ObjectSchema {
  type: 'object';
  properties: Record<string, JsonSchema>;
  required?: string[];
  [keyword: string]: unknown;
}

/**
 * The schema of a tool's arguments. `bound` fields are filled in by the tool itself and left out.
 * Everything that a caller needs is there: types, ranges, defaults, descriptions.
 */
export function inputSchemaOf(schema: z.ZodType, bound: readonly string[] = []): ObjectSchema {
  const fields = Object.fromEntries(
    Object.entries(fieldsOf(schema)).filter(([name]) => !bound.includes(name)),
  );
  const properties = Object.entries(fields).map(
    ([name, field]) => [name, describeNode(field, 'input')] as const,
  );
  const required = requiredOf(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
  };
}

/**
 * The schema of a tool's structured content. Nothing is required at the top: a failed call carries `error` and
 * nothing else, and clients of the older revisions check that against this schema too. Ranges and descriptions are left
 * out: they serve whoever writes a value, and here that is this server; they would cost every conversation a thousand
 * tokens.
 */
export function outputSchemaOf(schema: z.ZodType): ObjectSchema {
  const properties = Object.entries(fieldsOf(schema)).map(
    ([name, field]) => [name, describeNode(field, 'output')] as const,
  );
  return { type: 'object', properties: Object.fromEntries(properties) };
}
