import { counted } from '../../../kernel/index.ts';
import { retryJobInput, retryJobOutput } from '../contract/index.ts';
import { jobErrors } from '../errors.ts';
import { jobOperation } from './job-deps.ts';

export const retryJob = jobOperation({
  name: 'jobs.retry',
  summary: 'A new job that goes on from the last finished step of a failed or cancelled one.',
  input: retryJobInput,
  output: retryJobOutput,
  doors: { mcp: 'retry_persona_job', cli: 'jobs retry' },
  policy: { effect: 'write', idempotent: false },
  errors: [
    'jobs.not_found',
    'jobs.ambiguous_id',
    'jobs.not_retryable',
    'jobs.queue_full',
    'jobs.rate_limited',
    'jobs.database_full',
  ],
  async handler({ job_id }, { deps, call }) {
    const { store, database, ids, clock, project, admission, creator } = deps.jobs;
    const jobId = await store.resolveId(project, job_id);
    const old = await store.get(jobId);
    if (old === undefined) throw jobErrors.make('jobs.not_found', { jobId });
    if (old.status !== 'failed' && old.status !== 'cancelled') {
      throw jobErrors.make('jobs.not_retryable', { jobId, status: old.status });
    }
    const lost = database.lostPlace();
    if (lost !== undefined) throw lost;
    await deps.jobs.retention.assertRoom();
    const offline = old.chain === '';
    const newJob = {
      id: ids.next(),
      project,
      persona: old.persona,
      personaHash: old.personaHash,
      task: old.task,
      context: old.context,
      priority: old.priority,
      // Whoever retries pays: their models, not those of the one who asked first. What ran offline stays offline: its
      // persona may be one that no model may read.
      chain: offline ? '' : creator.chain,
      model: offline ? creator.offlineModel : creator.model,
      caller: call.caller,
      createdAt: clock.now(),
      sizeBytes: old.sizeBytes,
      retryOf: old.id,
      revises: old.revises,
    };
    const reused = await store.insert(newJob, admission, old.id);
    return {
      status: 'started' as const,
      new_job_id: newJob.id,
      retry_of: old.id,
      steps_reused: reused,
      message:
        reused === 0
          ? `Job ${newJob.id} starts from the beginning: no step of the old one had finished.`
          : `Job ${newJob.id} goes on behind ${counted(reused, 'finished step')} of the old one.`,
    };
  },
});
