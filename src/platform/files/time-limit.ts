import vm from 'node:vm';
import { systemCode } from './system-error.ts';

/** The work was stopped in the middle. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
  readonly limitMs: number;

  constructor(limitMs: number) {
    super(`Stopped after ${limitMs} ms.`);
    this.limitMs = limitMs;
  }
}

/** Runs synchronous work; throws `TimeLimitError` when it takes too long, and what the work throws. */
export type RunLimited = (work: () => void) => void;

/**
 * Stops synchronous work after `limitMs` milliseconds, wherever it is. The script runner's time-out is the one means
 * that interrupts a regular expression in the middle of its backtracking; the work itself is ours and trusted.
 */
export function createTimeLimit(limitMs: number): RunLimited {
  const context = vm.createContext({ work: undefined });
  const script = new vm.Script('work()');
  return (work) => {
    context['work'] = work;
    try {
      script.runInContext(context, { timeout: limitMs });
    } catch (error) {
      throw systemCode(error) === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? new TimeLimitError(limitMs) : error;
    } finally {
      context['work'] = undefined;
    }
  };
}
