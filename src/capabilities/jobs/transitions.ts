import type { JobStatus } from './contract/index.ts';

/** Every legal move of a job. A move is one conditional UPDATE; anything else is refused. */
export const jobMoves = {
  /** A worker takes it and gets a lease. */
  claim: { from: ['pending'], to: 'running' },
  /** The worker stored the result. */
  complete: { from: ['running'], to: 'complete' },
  /** The worker gave up, or it crashed its workers too often. */
  fail: { from: ['running'], to: 'failed' },
  /** The worker hands it back because it shuts down. */
  release: { from: ['running'], to: 'pending' },
  /** The worker's lease ran out: another may take it. */
  reclaim: { from: ['running'], to: 'pending' },
  /** Somebody stopped it. */
  cancel: { from: ['pending', 'running'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly JobStatus[]; to: JobStatus }>;

/** Name of a legal move. */
export type JobMove = keyof typeof jobMoves;

/** States that never change again. */
export const endedStatuses = ['complete', 'failed', 'cancelled'] as const satisfies readonly JobStatus[];

/** Whether a job in this state never changes again. */
export function hasEnded(status: JobStatus): boolean {
  return (endedStatuses as readonly JobStatus[]).includes(status);
}
