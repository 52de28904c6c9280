import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { invoke, isAppError, toAppError, type AnyOperation, type Call } from '../../../kernel/index.ts';

/** The way of every call from this door to an operation. */
export interface CallPath<Deps> {
  /** Errors: those of the operation, and of opening what it works on; always an `AppError`. */
  run(operation: AnyOperation<Deps>, input: unknown, call: Call): Promise<Record<string, unknown>>;
  /** Whether a call has opened what the operations work on. */
  isOpen(): boolean;
}

/**
 * Asks for the dependencies at the first call and never before: a client may start this server only to ask what it offers.
 * `openDeps` keeps what it opened, and gives each call what there is then; a failed opening is tried again by the next call.
 */
export function openCallPath<Deps>(options: {
  openDeps: () => Promise<Deps>;
  onOpened: () => void;
}): CallPath<Deps> {
  let open = false;

  async function depsNow(): Promise<Deps> {
    try {
      const deps = await options.openDeps();
      if (!open) {
        open = true;
        options.onOpened();
      }
      return deps;
    } catch (error) {
      throw toAppError(error);
    }
  }

  return {
    async run(operation, input, call) {
      const deps = await depsNow();
      return (await invoke(operation, input, { deps, call })) as Record<string, unknown>;
    },
    isOpen: () => open,
  };
}

/** An error as a JSON-RPC error: for requests that are no tool calls, and for tools that do not exist. */
export function asProtocolError(error: unknown): ProtocolError {
  if (error instanceof ProtocolError) return error;
  const known = toAppError(error);
  const callersFault =
    isAppError(known) && ['invalid', 'not-found', 'conflict', 'forbidden'].includes(known.category);
  const code = callersFault ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
  return new ProtocolError(code, known.line, known.toWire());
}
