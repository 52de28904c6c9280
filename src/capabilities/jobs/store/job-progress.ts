import type { Sql, SqlValue } from '../../../platform/database/index.ts';
import type { JobProgress, NewStep, Step } from './job.ts';
import { whyRefused } from './job-moves.ts';
import { stepOfRow, type StepRow } from './job-rows.ts';
import type { Lease } from './job-store.ts';

const held = "WHERE id = ? AND status = 'running' AND attempt = ?";

export async function holdsLease(sql: Sql, lease: Lease): Promise<boolean> {
  return (await sql.get(`SELECT 1 FROM jobs ${held}`, [lease.jobId, lease.attempt])) !== undefined;
}

/** Errors: `jobs.lease_lost`, `jobs.illegal_move`, `jobs.not_found`. */
export async function extendLease(sql: Sql, lease: Lease, until: number): Promise<void> {
  const changed = await sql.run(`UPDATE jobs SET lease_until = ? ${held}`, [
    until,
    lease.jobId,
    lease.attempt,
  ]);
  if (changed === 0) throw await whyRefused(sql, { jobId: lease.jobId, lease }, 'extend the lease');
}

// The database keeps the highest percent ever written; a phase goes with its percent.
const progressColumns = `
  phase = CASE WHEN percent <= ? THEN ? ELSE phase END,
  percent = CASE WHEN percent <= ? THEN ? ELSE percent END,
  message = ?, eta_ms = ?`;

function progressValues({ phase, percent, message, etaMs }: JobProgress): SqlValue[] {
  return [percent, phase, percent, percent, message, etaMs];
}

/** One guarded UPDATE. Errors: as `extendLease`. */
export async function writeProgress(
  tx: Sql,
  lease: Lease,
  progress: JobProgress,
  more: { partialResult?: string | undefined; sizeBytes?: number | undefined },
): Promise<void> {
  const extra: string[] = [];
  const values = progressValues(progress);
  if (more.partialResult !== undefined) {
    extra.push(', partial_result = ?');
    values.push(more.partialResult);
  }
  if (more.sizeBytes !== undefined) {
    extra.push(', size_bytes = ?');
    values.push(more.sizeBytes);
  }
  const changed = await tx.run(`UPDATE jobs SET ${progressColumns}${extra.join('')} ${held}`, [
    ...values,
    lease.jobId,
    lease.attempt,
  ]);
  if (changed === 0) throw await whyRefused(tx, { jobId: lease.jobId, lease }, 'record progress');
}

const appendColumns = `steps = steps + 1, tool_calls = tool_calls + ?, tokens_input = tokens_input + ?,
  tokens_output = tokens_output + ?, cost_usd = cost_usd + ?, ${progressColumns}`;

interface StoredStep extends NewStep {
  jobId: string;
  number: number;
  at: number;
}

/** What each column of a step holds. */
const stored: Readonly<Record<keyof StepRow | 'job_id', (step: StoredStep) => SqlValue>> = {
  job_id: ({ jobId }) => jobId,
  number: ({ number }) => number,
  kind: ({ kind }) => kind,
  name: ({ name }) => name,
  summary: ({ summary }) => summary,
  phase: ({ phase }) => phase,
  tokens_input: ({ tokensInput }) => tokensInput,
  tokens_output: ({ tokensOutput }) => tokensOutput,
  cost_usd: ({ costUsd }) => costUsd,
  created_at: ({ at }) => at,
  data: ({ data }) => data,
};

const stepColumns = Object.keys(stored);
const insertStep = `INSERT INTO job_steps (${stepColumns.join(', ')})
  VALUES (${stepColumns.map(() => '?').join(', ')})`;

/** Stores a step and adds up its figures on the job; resolves to its number. Errors: as `extendLease`. */
export async function writeStep(
  tx: Sql,
  lease: Lease,
  step: NewStep,
  progress: JobProgress,
  at: number,
  partialResult: string | undefined,
): Promise<number> {
  const partial = partialResult === undefined ? '' : ', partial_result = ?';
  const row = await tx.get<{ steps: number }>(
    `UPDATE jobs SET ${appendColumns}${partial} ${held} RETURNING steps`,
    [
      step.kind === 'tool' ? 1 : 0,
      step.tokensInput,
      step.tokensOutput,
      step.costUsd,
      ...progressValues(progress),
      ...(partialResult === undefined ? [] : [partialResult]),
      lease.jobId,
      lease.attempt,
    ],
  );
  if (row === undefined) throw await whyRefused(tx, { jobId: lease.jobId, lease }, 'store a step');
  await tx.run(
    insertStep,
    Object.values(stored).map((valueOf) => valueOf({ ...step, jobId: lease.jobId, number: row.steps, at })),
  );
  return row.steps;
}

/** Adds to the job's figures what no step has. Fenced by the attempt alone: a cancelled job has spent it too. */
export async function writeSpent(
  sql: Sql,
  { jobId, attempt }: Lease,
  { tokensInput, tokensOutput, costUsd }: Pick<NewStep, 'tokensInput' | 'tokensOutput' | 'costUsd'>,
): Promise<void> {
  await sql.run(
    `UPDATE jobs SET tokens_input = tokens_input + ?, tokens_output = tokens_output + ?, cost_usd = cost_usd + ?
     WHERE id = ? AND attempt = ?`,
    [tokensInput, tokensOutput, costUsd, jobId, attempt],
  );
}

export async function readSteps(
  sql: Sql,
  jobId: string,
  page: { after: number; limit: number },
): Promise<Step[]> {
  const rows = await sql.all<StepRow>(
    'SELECT * FROM job_steps WHERE job_id = ? AND number > ? ORDER BY number LIMIT ?',
    [jobId, page.after, page.limit],
  );
  return rows.map(stepOfRow);
}

/** What a copy has of its own; the rest is as in the step it is a copy of. */
const copied: Readonly<Record<string, string>> = {
  job_id: '?',
  tokens_input: '0',
  tokens_output: '0',
  cost_usd: '0',
} satisfies Partial<Record<keyof typeof stored, string>>;

const copyStatement = `INSERT INTO job_steps (${stepColumns.join(', ')})
  SELECT ${stepColumns.map((column) => copied[column] ?? column).join(', ')} FROM job_steps WHERE job_id = ?`;

/**
 * Gives a new job the finished steps of another. Their tokens were paid there, so the new job's sums start at 0.
 * Resolves to how many.
 */
export async function copySteps(tx: Sql, from: string, to: string): Promise<number> {
  const count = await tx.run(copyStatement, [to, from]);
  if (count > 0) await tx.run('UPDATE jobs SET steps = ? WHERE id = ?', [count, to]);
  return count;
}
