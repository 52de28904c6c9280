import { showStepsInput, showStepsOutput } from '../contract/index.ts';
import { jobOperation } from './job-deps.ts';

export const showSteps = jobOperation({
  name: 'jobs.steps',
  summary: 'What a job did, step by step: model turns and tool calls.',
  input: showStepsInput,
  output: showStepsOutput,
  doors: { cli: 'jobs steps' },
  policy: { effect: 'read', idempotent: true },
  errors: ['jobs.not_found', 'jobs.ambiguous_id'],
  async handler({ job_id, after, limit }, { deps }) {
    const { store, project } = deps.jobs;
    const jobId = await store.resolveId(project, job_id);
    const found = await store.steps(jobId, { after, limit: limit + 1 });
    const steps = found.slice(0, limit);
    return {
      job_id: jobId,
      steps: steps.map((step) => ({
        number: step.number,
        kind: step.kind,
        name: step.name,
        summary: step.summary,
        phase: step.phase,
        tokens_input: step.tokensInput,
        tokens_output: step.tokensOutput,
        at: new Date(step.createdAt).toISOString(),
      })),
      next_after: found.length > limit ? steps.at(-1)!.number : null,
    };
  },
});
