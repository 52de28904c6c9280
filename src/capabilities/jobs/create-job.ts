import type { JobPriority } from './contract/index.ts';
import { jobErrors } from './errors.ts';
import type { NewJob } from './store/job.ts';
import type { JobDeps } from './operations/job-deps.ts';
import { likelyDurations, median } from './worker/eta.ts';

/** What somebody asks of a persona, before it is admitted. */
export interface JobRequest {
  persona: string;
  personaHash: string;
  task: string;
  context: string | null;
  priority: JobPriority;
  caller: string;
  /** Runs on the offline reviewer whatever models the caller has, as an untrusted persona must. */
  offlineOnly: boolean;
  /** Id of the proposal that it is to revise, if it is. */
  revises?: string;
}

/** What a typical job takes where there is no history, and reading speed for the context of any, milliseconds. */
const unknownMs = { offline: 5_000, hosted: 45_000, perContextByte: 0.2 };
const historyLength = 10;

/**
 * Admits and stores a job: one transaction, nothing else on the path. Secrets in the task and the context are masked
 * before: nothing of a job holds them. Resolves to both as they were stored.
 * Errors: `jobs.empty_task`, `jobs.not_text`, `jobs.context_too_large`, `jobs.queue_full`, `jobs.rate_limited`,
 * `jobs.database_full`, `database.replaced`.
 */
export async function createJob(
  deps: JobDeps,
  request: JobRequest,
): Promise<{ jobId: string; estimateMs: number } & Pick<NewJob, 'task' | 'context'>> {
  const { store, database, ids, clock, project, admission, retention, creator, redact, maxContextBytes } =
    deps.jobs;
  if (request.task.trim() === '') throw jobErrors.make('jobs.empty_task', { persona: request.persona });
  // What makes a file binary wherever one is read, and no database keeps in a text.
  for (const part of ['task', 'context'] as const)
    if (request[part]?.includes('\0') === true) throw jobErrors.make('jobs.not_text', { part });
  const sizeBytes = request.context === null ? 0 : Buffer.byteLength(request.context);
  if (sizeBytes > maxContextBytes) {
    throw jobErrors.make('jobs.context_too_large', { sizeBytes, limitBytes: maxContextBytes });
  }
  const lost = database.lostPlace();
  if (lost !== undefined) throw lost;
  await retention.assertRoom();
  const task = await redact(request.task.trim());
  const context = request.context === null ? undefined : await redact(request.context);
  const job: NewJob = {
    id: ids.next(),
    project,
    persona: request.persona,
    personaHash: request.personaHash,
    task: task.text,
    context: context?.text ?? null,
    priority: request.priority,
    chain: request.offlineOnly ? '' : creator.chain,
    model: request.offlineOnly ? creator.offlineModel : creator.model,
    caller: request.caller,
    createdAt: clock.now(),
    sizeBytes,
    retryOf: null,
    revises: request.revises ?? null,
  };
  // Read first: once the job is stored, nothing may fail any more.
  const history = await store.finished(job, historyLength);
  await store.insert(job, admission);
  // The files in scope are not counted yet, so the newest jobs count, whatever their size.
  const expectedMs =
    median(likelyDurations(history)) ?? (job.chain === '' ? unknownMs.offline : unknownMs.hosted);
  return {
    jobId: job.id,
    estimateMs: expectedMs + sizeBytes * unknownMs.perContextByte,
    task: job.task,
    context: job.context,
  };
}
