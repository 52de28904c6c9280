import { operationsOf } from '../../../kernel/index.ts';
import { jobErrors, type Job, type JobDeps } from '../../jobs/index.ts';
import {
  reviewReport,
  reviewReportInput,
  type Finding,
  type ReviewData,
  type ReviewReport,
} from '../contract/index.ts';
import { recordOfJob } from './record-of-job.ts';

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
    const review = job.resultData === null ? undefined : storedReview(job.resultData);
    const found =
      review === undefined
        ? await foundSoFar(deps, jobId)
        : { findings: [...review.findings, ...review.unplaced], proposals: review.proposals };
    return reportOf(job, review, found);
  },
});

type Found = Pick<ReviewReport, 'findings' | 'proposals'>;

/**
 * A review as it was stored; those of earlier releases cite and propose nothing, and do not say why no model answered,
 * whether anything was judged, and what comments leave out.
 */
function storedReview(text: string): ReviewData {
  type Stored = Omit<
    ReviewData,
    'offline_because' | 'judged' | 'files_looked_at' | 'left_out' | 'proposals' | 'findings' | 'unplaced'
  > & {
    judged?: boolean;
    offline_because?: ReviewData['offline_because'];
    proposals?: ReviewData['proposals'];
    files_looked_at?: number;
    left_out?: ReviewData['left_out'];
    findings: (Omit<Finding, 'standard'> & { standard?: string | null })[];
    unplaced: (Omit<Finding, 'standard'> & { standard?: string | null })[];
  };
  const {
    offline_because = null,
    proposals = [],
    findings,
    unplaced,
    ...review
  } = JSON.parse(text) as Stored;
  const cited = (finding: Stored['findings'][number]): Finding => ({ standard: null, ...finding });
  return {
    ...review,
    offline_because,
    judged: review.judged ?? (review.reviewed || !review.offline),
    files_looked_at: review.files_looked_at ?? review.files_in_scope,
    left_out: review.left_out ?? [],
    proposals,
    findings: findings.map(cited),
    unplaced: unplaced.map(cited),
  };
}

/** What an unfinished job has found and proposed. */
async function foundSoFar({ jobs: { store } }: JobDeps, jobId: string): Promise<Found> {
  const { ledger, proposals } = await recordOfJob(store, jobId);
  return { findings: [...ledger.placed, ...ledger.unplaced], proposals };
}

function reportOf(job: Job, review: ReviewData | undefined, { findings, proposals }: Found): ReviewReport {
  const durationMs = job.endedAt === null ? null : Math.max(0, job.endedAt - (job.startedAt ?? job.endedAt));
  return {
    job_id: job.id,
    status: job.status,
    persona: job.persona,
    model: review?.model ?? job.model,
    offline: job.chain === '',
    offline_because: review?.offline_because ?? null,
    judged: review?.judged ?? false,
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
    proposals,
    files_in_scope: review?.files_in_scope ?? null,
    files_looked_at: review?.files_looked_at ?? null,
    skipped: review?.skipped ?? [],
    left_out: review?.left_out ?? [],
    notes: review?.notes ?? [],
    provenance: review?.provenance ?? [],
  };
}
