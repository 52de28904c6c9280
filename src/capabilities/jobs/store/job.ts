import type { JobPhase, JobPriority, JobStatus } from '../contract/index.ts';

/** Why a job failed: a stable code, what happened, what to do next. */
export interface JobFailure {
  code: string;
  message: string;
  remedy: string;
}

/** Where a running job is; kept as it was when it ended. */
export interface JobProgress {
  phase: JobPhase;
  /** 0 to 100. */
  percent: number;
  message: string;
  /** Milliseconds until the end, or null while unknown. */
  etaMs: number | null;
}

/** A job as it is stored. Times are milliseconds since 1970. */
export interface Job {
  id: string;
  /** The key of the project it belongs to. */
  project: string;
  persona: string;
  /** SHA-256 of the persona's text at the time of asking; the worker runs this version or says that it changed. */
  personaHash: string;
  task: string;
  context: string | null;
  priority: JobPriority;
  status: JobStatus;
  /** Fingerprint of the creator's model chain; '' for the offline reviewer. Only workers with the same claim it. */
  chain: string;
  /** What people call that model. */
  model: string;
  caller: string;
  progress: JobProgress;
  toolCalls: number;
  tokensInput: number;
  tokensOutput: number;
  /** US dollars by the price table. */
  costUsd: number;
  /** Bytes of context and of the files in scope, once known; the history's measure of size. */
  sizeBytes: number;
  /** The review in Markdown. */
  result: string | null;
  /** The same as data, JSON. */
  resultData: string | null;
  failure: JobFailure | null;
  partialResult: string | null;
  createdAt: number;
  /** When the newest attempt took it; null while it waits. */
  startedAt: number | null;
  endedAt: number | null;
  /** Number of the newest claim, from 1; the fencing token of every write of a worker. */
  attempt: number;
  /** Claims whose lease ran out. */
  crashes: number;
  leaseOwner: string | null;
  leaseUntil: number | null;
  retryOf: string | null;
  /** Id of the proposal that it was made to revise: what it proposes is that one's next revision. */
  revises: string | null;
}

/** What only the work needs, or who looks at a job closely: a poll goes without. */
export const unpolledFields = [
  'personaHash',
  'task',
  'context',
  'caller',
  'sizeBytes',
  'resultData',
  'crashes',
  'leaseOwner',
  'revises',
] as const satisfies readonly (keyof Job)[];

/** What a poll shows of a job: its state and what came of it. */
export type PolledJob = Omit<Job, (typeof unpolledFields)[number]>;

/** What a list shows of a job. Its context and its result can be large, and a page holds a hundred. */
export type ListedJob = Pick<
  Job,
  'id' | 'persona' | 'status' | 'task' | 'createdAt' | 'startedAt' | 'endedAt' | 'leaseUntil'
>;

/** A job as it is inserted: pending, without an attempt. Its id must sort by the time it was made (UUID version 7). */
export interface NewJob {
  id: string;
  project: string;
  persona: string;
  personaHash: string;
  task: string;
  context: string | null;
  priority: JobPriority;
  chain: string;
  model: string;
  caller: string;
  createdAt: number;
  sizeBytes: number;
  retryOf: string | null;
  revises: string | null;
}

/** One durable unit of work: a model turn or a tool call with its result. */
export interface NewStep {
  kind: 'turn' | 'tool';
  /** Model or tool. */
  name: string;
  /** One line for people. */
  summary: string;
  phase: JobPhase;
  /** What a later attempt needs to go on from here, JSON. */
  data: string;
  tokensInput: number;
  tokensOutput: number;
  /** US dollars by the price table. */
  costUsd: number;
}

/** A stored step. */
export interface Step extends NewStep {
  /** From 1, without gaps. */
  number: number;
  createdAt: number;
}
