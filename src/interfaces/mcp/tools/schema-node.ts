import type { JSONObject, JSONValue } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { $ZodType, $ZodTypes } from 'zod/v4/core';
import { boundsOf, type Bounds } from './schema-bounds.ts';

export type JsonSchema = JSONObject;

/** Who reads a schema: whoever writes arguments needs ranges and descriptions, who reads results only the shape. */
export type Side = 'input' | 'output';

/** The fields of an object schema; a tool's input and output are always objects. */
export function fieldsOf(schema: $ZodType): Record<string, $ZodType> {
  const { def } = (schema as $ZodTypes)._zod;
  if (def.type !== 'object') throw new TypeError(`A tool's input and output are objects, not ${def.type}.`);
  return def.shape;
}

/**
 * JSON Schema of one node, in the fewest words: definitions are part of every conversation of every client.
 * Zod's own converter costs about 12 ms at start-up for the tools there are, this less than one; it stands in for
 * kinds that are not written out here.
 */
export function describeNode(schema: $ZodType, side: Side): JsonSchema {
  const node = shapeOf(schema as $ZodTypes, side) ?? converted(schema, side);
  const description = side === 'input' ? z.globalRegistry.get(schema)?.description : undefined;
  return description === undefined ? node : { ...node, description };
}

/** Names of the fields that must be there. */
export function requiredOf(fields: Record<string, $ZodType>): string[] {
  return Object.keys(fields).filter((name) => fields[name]!._zod.optin === undefined);
}

/** `undefined` for what is not written out here. */
function shapeOf(schema: $ZodTypes, side: Side): JsonSchema | undefined {
  const { def } = schema._zod;
  switch (def.type) {
    case 'boolean':
      return { type: 'boolean' };
    case 'enum':
      return choice(Object.values(def.entries));
    case 'literal':
      return choice(def.values);
    case 'object':
      return nested(def.shape, side);
    case 'nullable':
      return orNull(describeNode(def.innerType, side));
    case 'optional':
      return describeNode(def.innerType, side);
    case 'default':
      return {
        ...describeNode(def.innerType, side),
        ...(side === 'input' ? { default: def.defaultValue as JSONValue } : {}),
      };
    case 'string':
    case 'number':
    case 'array': {
      const bounds = boundsOf(def);
      return bounds === undefined ? undefined : bounded(def, bounds, side);
    }
    default:
      return undefined;
  }
}

function bounded(
  def: { type: 'string' } | { type: 'number' } | { type: 'array'; element: $ZodType },
  { least, most, format, isInteger }: Bounds,
  side: Side,
): JsonSchema {
  const range = (low: string, high: string) => ({
    ...(least === undefined || side === 'output' ? {} : { [low]: least }),
    ...(most === undefined || side === 'output' ? {} : { [high]: most }),
  });
  if (def.type === 'number')
    return { type: isInteger ? 'integer' : 'number', ...range('minimum', 'maximum') };
  if (def.type === 'array') {
    return { type: 'array', items: describeNode(def.element, side), ...range('minItems', 'maxItems') };
  }
  return { type: 'string', ...(format === undefined ? {} : { format }), ...range('minLength', 'maxLength') };
}

function nested(fields: Record<string, $ZodType>, side: Side): JsonSchema {
  const properties = Object.entries(fields).map(
    ([name, field]) => [name, describeNode(field, side)] as const,
  );
  const required = side === 'input' ? requiredOf(fields) : [];
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
  };
}

/** Some texts to choose from; `undefined` for values of other kinds. */
function choice(values: readonly unknown[]): JsonSchema | undefined {
  if (!values.every((value) => typeof value === 'string')) return undefined;
  return values.length === 1 ? { type: 'string', const: values[0]! } : { type: 'string', enum: [...values] };
}

/** `type: [X, null]` says the same as `anyOf` in fewer words, but an `enum` beside it would have to hold null too. */
function orNull(schema: JsonSchema): JsonSchema {
  const { type } = schema;
  const isPlain = typeof type === 'string' && schema['enum'] === undefined && schema['const'] === undefined;
  return isPlain ? { ...schema, type: [type, 'null'] } : { anyOf: [schema, { type: 'null' }] };
}

function converted(schema: $ZodType, side: Side): JsonSchema {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io: side });
  return json as JsonSchema;
}
