import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { deskOperations } from '../../../../test/support/mcp/desk-operations.ts';
import { jobOperations } from '../../../capabilities/jobs/index.ts';
import { inputSchemaOf, outputSchemaOf } from './tool-schema.ts';

/** Zod's own conversion, without the keywords that a definition leaves out on purpose. */
function byZod(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const left = new Set(
    io === 'input' ? ['$schema'] : ['$schema', 'minimum', 'maximum', 'required', 'description', 'default'],
  );
  const simplify = (value: unknown, isMap: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => simplify(item, false));
    if (typeof value !== 'object' || value === null) return value;
    const node = value as Record<string, unknown>;
    const entries = Object.entries(node).filter(([key, part]) => {
      if (isMap) return true;
      if (left.has(key) || (key === 'additionalProperties' && part === false)) return false;
      return !(key === 'pattern' && isFormat(node)) && Math.abs(Number(part)) !== Number.MAX_SAFE_INTEGER;
    });
    return Object.fromEntries(entries.map(([key, part]) => [key, simplify(part, key === 'properties')]));
  };
  return simplify(z.toJSONSchema(schema, { io }), false);
}

function isFormat(node: Record<string, unknown>): boolean {
  return node['format'] !== undefined;
}

/** `anyOf: [X, null]` and `type: [X, null]` are one meaning; descriptions of outputs are compared elsewhere. */
function normal(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((item) => normal(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>).map(
    ([key, part]) => [key, normal(part, key === 'properties')] as const,
  );
  const node: Record<string, unknown> = Object.fromEntries(entries);
  const types = node['type'];
  if (isMap || !Array.isArray(types) || types[1] !== 'null') return node;
  const { description, ...first } = { ...node, type: types[0] as string } as Record<string, unknown>;
  return { anyOf: [first, { type: 'null' }], ...(description === undefined ? {} : { description }) };
}

function withoutDescriptions(schema: object): unknown {
  const { properties } = schema as { properties: Record<string, Record<string, unknown>> };
  const bare = Object.entries(properties).map(([name, { description: _description, ...rest }]) => [
    name,
    rest,
  ]);
  return { ...schema, properties: Object.fromEntries(bare) as unknown };
}

describe('the schemas of tools', () => {
  for (const operation of [...jobOperations, ...deskOperations]) {
    it(`say of ${operation.name} what zod says, in fewer words`, () => {
      const { input, output } = operation as { input: z.ZodType; output: z.ZodType };
      assert.deepEqual(normal(inputSchemaOf(input)), normal(byZod(input, 'input')));
      assert.deepEqual(normal(withoutDescriptions(outputSchemaOf(output))), normal(byZod(output, 'output')));
    });
  }

  it('leave bound fields out, also from what is required', () => {
    const schema = z.object({ persona: z.string(), task: z.string().max(9) });
    const expected = {
      type: 'object',
      properties: { task: { type: 'string', maxLength: 9 } },
      required: ['task'],
    };
    assert.deepEqual(inputSchemaOf(schema, ['persona']), expected);
  });

  it('name the types of an output and leave its descriptions out', () => {
    const schema = z.object({
      status: z.literal('started').describe('Always so.'),
      at: z.string().describe('When.'),
    });
    assert.deepEqual(outputSchemaOf(schema).properties, {
      status: { type: 'string', const: 'started' },
      at: { type: 'string' },
    });
  });

  it('fall back on zod for kinds that are rare', () => {
    const schema = z.object({ map: z.record(z.string(), z.number()), id: z.string().regex(/^a/) });
    const { map, id } = inputSchemaOf(schema).properties;
    assert.deepEqual([map!['additionalProperties'], id!['pattern']], [{ type: 'number' }, '^a']);
  });

  it('refuse what is no object', () => {
    assert.throws(() => inputSchemaOf(z.string()), /objects, not string/);
  });
});
