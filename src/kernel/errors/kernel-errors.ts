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
    remedy: 'Run again with --debug for the details; if it stays, report it with that output.',
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
