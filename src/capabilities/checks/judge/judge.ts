import type { StandardFinding } from '../contract/index.ts';

/** A standard to be read against code. */
export interface ToJudge {
  id: string;
  file: string;
  /** The rule, and what follows from it, without examples. */
  text: string;
}

/** What a reader is asked: which code departs from which standard. */
export interface Question {
  standards: readonly ToJudge[];
  /** Project-relative files, forward slashes. */
  files: readonly string[];
  /** The changes; `null` when whole files are meant. */
  diff: string | null;
}

/** How far a reader is. */
export type Verdict =
  | { state: 'reading' }
  | { state: 'failed'; reason: string }
  | {
      state: 'done';
      findings: Omit<StandardFinding, 'section' | 'rule'>[];
      /** Claims of the reader that name none of the standards asked for. */
      unassigned: number;
    };

/** Checks what no rule can: a persona that reads. A port. */
export interface Judge {
  /** Why nobody can read here, as a sentence without full stop; `undefined` when somebody can. */
  unavailable(): string | undefined;
  /** Asks; the work is a job in the background. Errors: those of making a job. */
  ask(question: Question): Promise<{ jobId: string }>;
  /**
   * What came of a job that was asked about the standards of these ids, after at most `timeoutMs`. Abort ends the waiting,
   * not the job.
   */
  verdict(
    jobId: string,
    standards: readonly string[],
    wait: { timeoutMs: number; signal?: AbortSignal | undefined },
  ): Promise<Verdict>;
}
