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

/**
 * Runs synchronous work; throws `TimeLimitError` when it takes too long, and what the work throws. May begin it anew, so it
 * must not add to what an earlier start left.
 */
export type RunLimited = (work: () => void) => void;

/**
 * Stops synchronous work that has had the processor for `limitMs` milliseconds, wherever it is. The script runner's time-out
 * is the one means that interrupts a regular expression in the middle of its backtracking; the work itself is ours and
 * trusted. That time-out goes by the clock: on a busy machine, or while the process is held, it passes with nothing done, and
 * the work is then begun anew with more of it.
 */
export function createTimeLimit(limitMs: number): RunLimited {
  const context = vm.createContext({ work: undefined });
  const script = new vm.Script('work()');
  return (work) => {
    context['work'] = work;
    const startedMs = processorMs();
    try {
      for (let timeout = limitMs; ; timeout *= 2) {
        const isDone = runWithin(() => void script.runInContext(context, { timeout }));
        if (isDone) return;
        if (processorMs() - startedMs >= limitMs) throw new TimeLimitError(limitMs);
      }
    } finally {
      context['work'] = undefined;
    }
  };
}

/** Time in which this thread had the processor, milliseconds. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Whether the script came to its end, and not to its time-out. */
function runWithin(run: () => void): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (systemCode(error) === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}
