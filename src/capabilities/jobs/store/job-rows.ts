import type { JobPhase, JobPriority, JobStatus } from '../contract/index.ts';
import type { Job, ListedJob, PolledJob, Step } from './job.ts';

/** A row of the table `jobs`. */
export interface JobRow {
  id: string;
  project: string;
  persona: string;
  status: JobStatus;
  priority: JobPriority;
  chain: string;
  attempt: number;
  crashes: number;
  lease_owner: string | null;
  lease_until: number | null;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  phase: JobPhase;
  percent: number;
  message: string;
  eta_ms: number | null;
  tool_calls: number;
  tokens_input: number;
  tokens_output: number;
  cost_usd: number;
  size_bytes: number;
  persona_hash: string;
  model: string;
  caller: string;
  retry_of: string | null;
  revises: string | null;
  error_code: string | null;
  error_message: string | null;
  error_remedy: string | null;
  task: string;
  context: string | null;
  partial_result: string | null;
  result: string | null;
  result_data: string | null;
}

/** The columns of a poll. Reading all of them took a third longer, and a context can be a hundred kilobytes. */
export const polledColumns = [
  'id',
  'project',
  'persona',
  'status',
  'priority',
  'chain',
  'attempt',
  'created_at',
  'started_at',
  'ended_at',
  'phase',
  'percent',
  'message',
  'eta_ms',
  'tool_calls',
  'tokens_input',
  'tokens_output',
  'cost_usd',
  'model',
  'retry_of',
  'error_code',
  'error_message',
  'error_remedy',
  'partial_result',
  'result',
  'lease_until',
] as const satisfies readonly (keyof JobRow)[];

export type PolledRow = Pick<JobRow, (typeof polledColumns)[number]>;

/** The columns of a list. */
export const listedColumns = [
  'id',
  'persona',
  'status',
  'task',
  'created_at',
  'started_at',
  'ended_at',
  'lease_until',
] as const satisfies readonly (keyof JobRow)[];

export type ListedRow = Pick<JobRow, (typeof listedColumns)[number]>;

export function listedOfRow(row: ListedRow): ListedJob {
  return {
    id: row.id,
    persona: row.persona,
    status: row.status,
    task: row.task,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    leaseUntil: row.lease_until,
  };
}

export function polledOfRow(row: PolledRow): PolledJob {
  return {
    id: row.id,
    project: row.project,
    persona: row.persona,
    priority: row.priority,
    status: row.status,
    chain: row.chain,
    model: row.model,
    progress: { phase: row.phase, percent: row.percent, message: row.message, etaMs: row.eta_ms },
    toolCalls: row.tool_calls,
    tokensInput: row.tokens_input,
    tokensOutput: row.tokens_output,
    costUsd: row.cost_usd,
    result: row.result,
    failure:
      row.error_code === null
        ? null
        : { code: row.error_code, message: row.error_message ?? '', remedy: row.error_remedy ?? '' },
    partialResult: row.partial_result,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    attempt: row.attempt,
    leaseUntil: row.lease_until,
    retryOf: row.retry_of,
  };
}

export function jobOfRow(row: JobRow): Job {
  return {
    ...polledOfRow(row),
    personaHash: row.persona_hash,
    task: row.task,
    context: row.context,
    caller: row.caller,
    sizeBytes: row.size_bytes,
    resultData: row.result_data,
    crashes: row.crashes,
    leaseOwner: row.lease_owner,
    revises: row.revises,
  };
}

/** A row of the table `job_steps`. */
export interface StepRow {
  number: number;
  kind: 'turn' | 'tool';
  name: string;
  summary: string;
  phase: JobPhase;
  tokens_input: number;
  tokens_output: number;
  cost_usd: number;
  created_at: number;
  data: string;
}

export function stepOfRow(row: StepRow): Step {
  return {
    number: row.number,
    kind: row.kind,
    name: row.name,
    summary: row.summary,
    phase: row.phase,
    data: row.data,
    tokensInput: row.tokens_input,
    tokensOutput: row.tokens_output,
    costUsd: row.cost_usd,
    createdAt: row.created_at,
  };
}
