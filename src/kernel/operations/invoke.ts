import type { z } from 'zod';
import { kernelErrors, toAppError } from '../errors/kernel-errors.ts';
import { problemOf } from './input-problem.ts';
import type { Call, Operation } from './operation.ts';

/**
 * Runs an operation for a door: parses the input, calls the handler, and turns what it throws into an `AppError`.
 * Errors: `input.invalid`, the operation's own codes, `internal.unexpected`.
 */
export async function invoke<Deps, I extends z.ZodType, O extends z.ZodType>(
  operation: Operation<Deps, I, O>,
  rawInput: unknown,
  context: { deps: Deps; call: Call },
): Promise<z.input<O>> {
  try {
    const input = parseInput(operation, rawInput);
    return await operation.handler(input, context);
  } catch (thrown) {
    throw toAppError(thrown);
  }
}

function parseInput<I extends z.ZodType>(
  operation: { name: string; input: I },
  rawInput: unknown,
): z.output<I> {
  const unknown = unknownFields(operation.input, rawInput);
  const parsed = operation.input.safeParse(rawInput);
  if (parsed.success && unknown.length === 0) return parsed.data;
  const problems = (parsed.error?.issues ?? []).map((issue) => problemOf(issue, rawInput));
  if (unknown.length > 0) problems.unshift(`there is no field ${unknown.join(', ')}`);
  throw kernelErrors.make('input.invalid', { operation: operation.name, problems });
}

/**
 * A field nobody knows is a mistake of the caller: it is refused, not dropped. Looked for here, since zod's strict
 * objects leave its compiled path and take several times as long.
 */
function unknownFields(schema: z.ZodType, rawInput: unknown): string[] {
  if (!('shape' in schema) || typeof rawInput !== 'object' || rawInput === null) return [];
  const known = schema.shape as Record<string, unknown>;
  return Object.keys(rawInput).filter((field) => !Object.hasOwn(known, field));
}
