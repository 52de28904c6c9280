import { operationsOf } from '../../../kernel/index.ts';
import { jobErrors, type Job, type JobDeps } from '../../jobs/index.ts';
import { reviewReport, reviewReportInput, type ReviewData, type ReviewReport } from '../contract/index.ts';
import { createFindingLedger } from '../findings/finding-ledger.ts';
import { historyOf } from '../loop/history.ts';

/** Steps read at once; a job has as many as its turns and tool calls. */
const stepsPerPage = 200;

export const readFindings = operationsOf<JobDeps>()({
  name: 'jobs.findings',
  summary: 'A review as data: its findings with place, severity, evidence and remedy.',
  input: reviewReportInput,
  output: reviewReport,
  doors: { cli: 'jobs findings' },
  policy: { effect: 'read', idempotent: true },
  errors: ['jobs.not_found', 'jobs.ambiguous_id'],
  async handler({ job_id }, { deps }) {
    const { store, project } = deps.jobs;
    const jobId = await store.resolveId(project, job_id);
    const job = await store.get(jobId);
    if (job === undefined) throw jobErrors.make('jobs.not_found', { jobId });
    const review = job.resultData === null ? undefined : (JSON.parse(job.resultData) as ReviewData);
    const findings =
      review === undefined ? await findingsSoFar(deps, jobId) : [...review.findings, ...review.unplaced];
    return reportOf(job, review, findings);
  },
});

/** What an unfinished job has reported: its steps hold it. */
async function findingsSoFar({ jobs: { store } }: JobDeps, jobId: string): Promise<ReviewReport['findings']> {
  const steps = [];
  for (;;) {
    const page = await store.steps(jobId, { after: steps.length, limit: stepsPerPage });
    steps.push(...page);
    if (page.length < stepsPerPage) break;
  }
  const ledger = createFindingLedger();
  for (const { tools } of historyOf(steps).turns) {
    for (const { output } of tools) if (output.finding !== undefined) ledger.add(output.finding);
  }
  return [...ledger.placed, ...ledger.unplaced];
}

function reportOf(
  job: Job,
  review: ReviewData | undefined,
  findings: ReviewReport['findings'],
): ReviewReport {
  const durationMs = job.endedAt === null ? null : Math.max(0, job.endedAt - (job.startedAt ?? job.endedAt));
  return {
    job_id: job.id,
    status: job.status,
    persona: job.persona,
    model: review?.model ?? job.model,
    offline: job.chain === '',
    task: job.task,
    scope: review?.scope ?? null,
    summary: review?.summary ?? null,
    result: job.result,
    partial_result: job.partialResult,
    error: job.failure,
    duration_seconds: durationMs === null ? null : Math.round(durationMs / 100) / 10,
    tokens_used: { input: job.tokensInput, output: job.tokensOutput },
    cost_usd: job.costUsd,
    findings,
    skipped: review?.skipped ?? [],
    notes: review?.notes ?? [],
    provenance: review?.provenance ?? [],
  };
}
