import type { z } from 'zod';

/** Who asks, through which door, and how the answer may travel while it is being made. */
export interface Call {
  door: 'mcp' | 'cli' | 'internal';
  /** Name of the caller for rate limits and the audit trail; the client's name for MCP. */
  caller: string;
  /** Aborts when the caller no longer waits. */
  signal?: AbortSignal | undefined;
  /** Tells the caller how far a long call is. Doors that cannot show it leave it out. */
  progress?: ((update: { percent: number; message: string }) => void) | undefined;
}

/** Where an operation can be reached. A door that is left out does not offer it. */
export interface Doors {
  /** MCP tool name. `{persona}` in it makes one tool for each persona of the registry. */
  mcp?: string;
  /** A second MCP tool name for the same, offered with as few words as possible. */
  mcpAlias?: string;
  /** CLI command path, such as `jobs cancel`. */
  cli?: string;
}

export interface Policy {
  /** `read` changes nothing; `write` adds or changes; `destructive` deletes what cannot be made again. */
  effect: 'read' | 'write' | 'destructive';
  /** Calling twice with the same input has the effect of calling once. */
  idempotent: boolean;
}

/** A named use case. Every door derives from it: same validation, same errors, same authorisation. */
export interface Operation<Deps, I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** Dotted, capability first: `jobs.cancel`. */
  name: string;
  /** One or two sentences for people and models; help, tool description and docs use it as it is. */
  summary: string;
  input: I;
  output: O;
  doors: Doors;
  policy: Policy;
  /** The codes a caller must expect beside `input.invalid`. */
  errors: readonly string[];
  handler(input: z.output<I>, context: { deps: Deps; call: Call }): Promise<z.input<O>>;
}

/** Any operation over these dependencies; the schema types are erased. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyOperation<Deps> = Operation<Deps, any, any>;

/** Fixes the dependencies, so that input and output types are inferred from the schemas. */
export function operationsOf<Deps>() {
  return <I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<Deps, I, O>,
  ): Operation<Deps, I, O> => operation;
}
