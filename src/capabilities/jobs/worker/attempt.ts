import type { JobPhase } from '../contract/index.ts';
import type { Job, NewStep, Step } from '../store/job.ts';

/** Where an attempt stands, as the one who does the work reports it. */
export interface Standing {
  phase: JobPhase;
  /** 0 to 100; what is lower than before is shown as before. */
  percent: number;
  message: string;
}

/** A claimed job in the hands of the one who does the work. Every write fails once the lease is lost. */
export interface Attempt {
  readonly job: Job;
  /** Aborts on cancellation, lost lease, time-out and shutdown; stop at once then. */
  readonly signal: AbortSignal;
  /** Steps that an earlier attempt, or the job this one retries, has finished: do not do them again. */
  finishedSteps(): Promise<Step[]>;
  /** Milliseconds since this attempt began, whatever becomes of the wall clock. */
  workedMs(): number;
  /**
   * Tells people where it stands. Cheap to call often: written at most once a second unless the phase or the size
   * changes, and `partialResult` is only called then.
   */
  report(standing: Standing, more?: { partialResult?: () => string; sizeBytes?: number }): Promise<void>;
  /** Stores a finished step; resolves once it is durable. The partial result goes with it at most once a second. */
  finishStep(step: NewStep, standing: Standing, partialResult: () => string): Promise<void>;
  /** Books what a turn has spent that did not end, also when the job was cancelled. */
  addSpent(spent: Pick<NewStep, 'tokensInput' | 'tokensOutput' | 'costUsd'>): Promise<void>;
}

/** What the work ends with. */
export interface Outcome {
  /** The review in Markdown. */
  text: string;
  /** The same as data, JSON. */
  data: string | null;
  /** Which model answered. */
  model: string;
}

/** Does the work of one attempt. What it throws ends the job as failed. */
export type RunJob = (attempt: Attempt) => Promise<Outcome>;
