import { z } from 'zod';

/** JSON Schema of an object, as it stands in a tool definition. */
export interface ObjectSchema {
  type: 'object';
  properties: Record<string, JsonSchema>;
  required?: string[];
  [keyword: string]: unknown;
}
export type JsonSchema = Record<string, unknown>;

/**
 * The schema of a tool's arguments. `bound` fields are filled in by the tool itself and left out.
 * Everything that a caller needs stays: types, ranges, defaults, descriptions.
 */
export function inputSchemaOf(schema: z.ZodType, bound: readonly string[] = []): ObjectSchema {
  const { properties, required } = converted(schema, 'input');
  const kept = Object.entries(properties).filter(([name]) => !bound.includes(name));
  const needed = required.filter((name) => !bound.includes(name));
  return {
    type: 'object',
    properties: Object.fromEntries(kept.map(([name, property]) => [name, withoutNoise(property)])),
    ...(needed.length === 0 ? {} : { required: needed }),
  };
}

/**
 * The schema of a tool's structured content. Nothing is required at the top: a failed call carries `error` and
 * nothing else, and clients of the older revisions check that against this schema too. Ranges, and what is said of
 * nested fields beside their types, are left out: they serve whoever writes a value, and here that is this server.
 */
export function outputSchemaOf(schema: z.ZodType): ObjectSchema {
  const { properties } = converted(schema, 'output');
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, forReaders(withoutNoise(property))]),
    ),
  };
}

function converted(schema: z.ZodType, io: 'input' | 'output') {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io });
  return { properties: properties as Record<string, JsonSchema>, required };
}

/** Leaves out what a converter writes and no reader needs; each word of a definition costs every client context. */
function withoutNoise(schema: JsonSchema): JsonSchema {
  const kept = asTypeList(schema);
  if (kept['additionalProperties'] === false) delete kept['additionalProperties'];
  if (kept['format'] !== undefined) delete kept['pattern'];
  if (kept['maximum'] === Number.MAX_SAFE_INTEGER) delete kept['maximum'];
  if (kept['minimum'] === Number.MIN_SAFE_INTEGER) delete kept['minimum'];
  return mapChildren(kept, withoutNoise);
}

function forReaders(schema: JsonSchema): JsonSchema {
  const {
    minimum: _min,
    maximum: _max,
    minLength: _minLength,
    maxLength: _maxLength,
    required: _required,
    ...kept
  } = schema;
  if (kept['const'] !== undefined) delete kept['description'];
  return mapChildren(kept, (child) => {
    const { description: _description, ...bare } = forReaders(child);
    return bare;
  });
}

/** `anyOf: [{ type: X, … }, { type: null }]` says the same as `type: [X, null]` in more words. */
function asTypeList(schema: JsonSchema): JsonSchema {
  const { anyOf: choices, ...rest } = schema;
  if (!Array.isArray(choices) || choices.length !== 2) return { ...schema };
  const [first, second] = choices as [JsonSchema, JsonSchema];
  if (second['type'] !== 'null' || typeof first['type'] !== 'string') return { ...schema };
  return { ...first, ...rest, type: [first['type'], 'null'] };
}

function mapChildren(schema: JsonSchema, change: (child: JsonSchema) => JsonSchema): JsonSchema {
  const next = { ...schema };
  if (isObject(next['properties'])) {
    next['properties'] = Object.fromEntries(
      Object.entries(next['properties']).map(([name, child]) => [name, change(child as JsonSchema)]),
    );
  }
  if (isObject(next['items'])) next['items'] = change(next['items']);
  if (Array.isArray(next['anyOf'])) next['anyOf'] = next['anyOf'].map((child: JsonSchema) => change(child));
  return next;
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
