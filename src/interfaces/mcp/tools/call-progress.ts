import type { ServerContext } from '@modelcontextprotocol/server';
import type { Call } from '../../../kernel/index.ts';

/** How the progress of one call reaches the client. */
export interface ProgressReports {
  /** For the operation; `undefined` when the client did not ask for progress. */
  tell: Call['progress'];
  /** Resolves when all reports have been handed over, so that the result cannot overtake them. */
  settled(): Promise<void>;
}

/** How long the result of a call that told its progress is held back, milliseconds. */
const settleMs = 5;

/** Smallest step between two reports: the protocol wants each one greater, also when only the message changed. */
const stepsPerPercent = 100;
const smallestStep = 1 / stepsPerPercent;

/**
 * Sends an operation's progress as notifications, if the request carries a progress token. What is sent only grows,
 * up to `total` 100, whatever the operation says.
 */
export function progressReports(
  context: ServerContext,
  onProblem: (error: unknown) => void,
): ProgressReports {
  const progressToken = context.mcpReq._meta?.progressToken;
  if (progressToken === undefined) return { tell: undefined, settled: () => Promise.resolve() };
  let last = -1;
  const sent: Promise<void>[] = [];
  return {
    tell({ percent, message }) {
      const next = Math.min(100, Math.max(percent, last < 0 ? 0 : last + smallestStep));
      // Sums of small steps have digits that nobody meant: 77.02000000000001.
      const progress = Math.round(next * stepsPerPercent) / stepsPerPercent;
      if (progress <= last) return;
      last = progress;
      const params = { progressToken, progress, total: 100, message };
      sent.push(context.mcpReq.notify({ method: 'notifications/progress', params }).catch(onProblem));
    },
    async settled() {
      if (sent.length === 0) return;
      await Promise.all(sent);
      // A client reads what arrives together at once, and may then show the result first.
      await new Promise((resolve) => setTimeout(resolve, settleMs));
    },
  };
}
