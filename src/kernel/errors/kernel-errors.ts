import { isAppError, type AppError } from './app-error.ts';
import { defineErrors } from './define-errors.ts';

export const kernelErrors = defineErrors({
  'input.invalid': {
    category: 'invalid',
    message: (facts: { operation: string; problems: readonly string[] }) =>
      `${facts.operation}: ${facts.problems.join('; ')}.`,
    remedy: 'Correct the named fields and call again.',
  },
  'internal.unexpected': {
    category: 'internal',
    message: (facts: { what: string }) => `Something failed that should not: ${facts.what}.`,
    remedy:
      'Run the same with `troupe … --debug` in a terminal, or read the log of `troupe mcp` (its standard error); if it stays, report it with that.',
  },
  'call.needs_person': {
    category: 'forbidden',
    message: (facts: { act: string; command: string }) => `${facts.act} is a person's act.`,
    remedy: (facts: { act: string; command: string }) => `Run "${facts.command}" in a terminal.`,
  },
  'call.needs_reason': {
    category: 'invalid',
    message: (facts: { act: string; command: string }) => `${facts.act} needs a reason: others will read it.`,
    remedy: (facts: { act: string; command: string }) => `Say why: ${facts.command}.`,
  },
  'call.secret_in_reason': {
    category: 'invalid',
    message: (facts: { kind: string }) => `The reason holds a secret (${facts.kind}); nothing was stored.`,
    remedy: 'Say it without the secret, and change the secret if others may have seen it.',
  },
  'call.hidden_in_reason': {
    category: 'invalid',
    message: (facts: { line: number; found: string }) =>
      `The reason holds ${facts.found} in line ${facts.line}; what readers cannot see is not stored.`,
    remedy: 'Say it without that character.',
  },
  'call.cancelled': {
    category: 'unavailable',
    message: (facts: { what: string }) => `${facts.what} was cancelled by the caller.`,
    remedy: 'Call again if you still need it.',
  },
});

/** Turns anything thrown into an `AppError`; what is one already passes unchanged. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  const what = error instanceof Error ? error.message : String(error);
  return kernelErrors.make('internal.unexpected', { what }, { cause: error });
}
