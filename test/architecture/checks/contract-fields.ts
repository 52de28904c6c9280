import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Check, Violation } from '../check.ts';
import { isTestCode, onDisk, type SourceTree } from '../source-tree.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** A schema that callers see, and whether they write it (input) or only read it. */
interface Published {
  file: string;
  name: string;
  schema: z.ZodType;
  written: boolean;
}

const publishes = /^src\/capabilities\/[^/]+\/(contract\/index|operations\/[^/]+)\.ts$/;

/**
 * Every field of a contract says what it means, and every number its range: a lower or an upper bound in what callers
 * read, both in what they write. The safe-integer bounds of a bare `z.int()` are no range.
 */
export const contractFields: Check = {
  id: 'contract-fields',
  async find(tree) {
    const published = await onDisk(tree, (root) => publishedSchemas(tree, root));
    const violations = new Map<string, Violation>();
    for (const { file, name, schema, written } of published) {
      const json = z.toJSONSchema(schema, {
        io: written ? 'input' : 'output',
        unrepresentable: 'any',
        reused: 'inline',
      });
      for (const { path, problem } of problemsIn(json, name, written)) {
        const message = `${path} ${problem}`;
        violations.set(message, { file, line: lineOfField(tree, file, path), message });
      }
    }
    return [...violations.values()];
  },
};

async function publishedSchemas(tree: SourceTree, root: string): Promise<Published[]> {
  const published: Published[] = [];
  for (const file of [...tree.files.keys()].filter((path) => publishes.test(path) && !isTestCode(path))) {
    const exported = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      if (value instanceof z.ZodType) published.push({ file, name, schema: value, written: false });
      const { input, output } = (typeof value === 'object' && value !== null ? value : {}) as Record<
        string,
        unknown
      >;
      if (input instanceof z.ZodType)
        published.push({ file, name: `${name}.input`, schema: input, written: true });
      if (output instanceof z.ZodType)
        published.push({ file, name: `${name}.output`, schema: output, written: false });
    }
  }
  return published;
}

function* problemsIn(
  schema: Schema,
  path: string,
  written: boolean,
): Generator<{ path: string; problem: string }> {
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    if (typeof field === 'boolean') continue;
    if (!isDescribed(field))
      yield {
        path: `${path}.${key}`,
        problem: 'has no description; add .describe() with its meaning and unit.',
      };
  }
  if (schema.type === 'number' || schema.type === 'integer') {
    const lower = bounded(schema.minimum ?? schema.exclusiveMinimum);
    const upper = bounded(schema.maximum ?? schema.exclusiveMaximum);
    if (written ? !(lower && upper) : !(lower || upper))
      yield { path, problem: 'has no range; add .min() and .max().' };
  }
  for (const [key, inner] of children(schema))
    yield* problemsIn(inner, key === '' ? path : `${path}.${key}`, written);
}

function bounded(limit: number | boolean | undefined): boolean {
  return typeof limit === 'number' && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
}

/** A description may stand on the field or on every branch of its union. */
function isDescribed(field: Schema): boolean {
  if (field.description !== undefined) return true;
  const branches = [...(field.anyOf ?? []), ...(field.oneOf ?? []), ...(field.allOf ?? [])];
  return branches.some((branch) => typeof branch !== 'boolean' && branch.description !== undefined);
}

function children(schema: Schema): [key: string, inner: Schema][] {
  const inner: [string, unknown][] = [
    ...Object.entries(schema.properties ?? {}),
    ...[schema.anyOf, schema.oneOf, schema.allOf].flatMap((branches) =>
      (branches ?? []).map((one): [string, unknown] => ['', one]),
    ),
    ['[]', schema.items],
    ['*', schema.additionalProperties],
  ];
  return inner.filter(
    (entry): entry is [string, Schema] =>
      typeof entry[1] === 'object' && entry[1] !== null && !Array.isArray(entry[1]),
  );
}

/** The line in this file where the field's key stands, as far as it is written here; else the first. */
function lineOfField(tree: SourceTree, file: string, path: string): number {
  const key = path.split('.').at(-1)!.replace(/\[\]$/, '');
  const lines = tree.files.get(file)!.split('\n');
  return lines.findIndex((line) => new RegExp(`\\b${key.replace('*', '')}\\b\\s*:`).test(line)) + 1 || 1;
}
