import type { ErrorCategory } from '../../kernel/index.ts';

/** Exit code by category of the error; 0 is success. */
export const exitCodes: Record<ErrorCategory, number> = {
  invalid: 2,
  'not-found': 3,
  conflict: 4,
  forbidden: 5,
  limited: 6,
  unavailable: 7,
  internal: 1,
};

/** The exit code of what was refused beside what was done: that of its category; 0 where nothing was. */
export function refusedExitCode(refused: readonly { category?: ErrorCategory | null }[]): number {
  const category = refused.find((one) => one.category)?.category;
  return category ? exitCodes[category] : 0;
}

/** There are findings of the severity that `--fail-on` names, or worse; an export is out of step. */
export const findingsExitCode = 8;

/** What shells expect of a process that Ctrl-C ended; also when somebody else cancelled the job it waited for. */
export const interruptedExitCode = 130;
