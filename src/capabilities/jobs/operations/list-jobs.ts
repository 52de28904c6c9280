import { listJobsInput, listJobsOutput } from '../contract/index.ts';
import { summaryOf } from '../job-view.ts';
import { jobOperation } from './job-deps.ts';

export const listJobs = jobOperation({
  name: 'jobs.list',
  summary: "This project's persona jobs, newest first.",
  input: listJobsInput,
  output: listJobsOutput,
  doors: { mcp: 'list_persona_jobs', cli: 'jobs list' },
  policy: { effect: 'read', idempotent: true },
  errors: [],
  async handler({ status, persona, limit, before }, { deps }) {
    const { store, project, clock, leases } = deps.jobs;
    const filter = { project, status, persona };
    const unfiltered = status === undefined && persona === undefined;
    const found = await store.list(filter, { limit: limit + 1, before });
    const jobs = found.slice(0, limit);
    const total = await store.count({ project });
    return {
      jobs: jobs.map((job) => summaryOf(job, clock.now(), leases)),
      total_count: total,
      filtered_count: unfiltered ? total : await store.count(filter),
      next_before: found.length > limit ? jobs.at(-1)!.id : null,
    };
  },
});
