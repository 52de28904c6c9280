import { isAppError, operationsOf } from '../../../kernel/index.ts';
import type { PersonaDeps } from '../../personas/index.ts';
import { listJobsInput, listJobsOutput } from '../contract/index.ts';
import { summaryOf } from '../job-view.ts';
import type { JobDeps } from './job-deps.ts';

type ListDeps = JobDeps & Pick<PersonaDeps, 'personas'>;

export const listJobs = operationsOf<ListDeps>()({
  name: 'jobs.list',
  summary: "This project's persona jobs, newest first.",
  input: listJobsInput,
  output: listJobsOutput,
  doors: { mcp: 'list_persona_jobs', cli: 'jobs list' },
  policy: { effect: 'read', idempotent: true },
  errors: ['personas.unknown', 'jobs.not_found', 'jobs.ambiguous_id'],
  async handler({ status, persona: asked, limit, before: cursor }, { deps }) {
    const { store, project, clock, leases } = deps.jobs;
    const persona = asked === undefined ? undefined : await storedName(asked, deps);
    const filter = { project, status, persona };
    const before = cursor === undefined ? undefined : await store.resolveId(project, cursor);
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

/**
 * The name under which jobs of this persona are stored. Jobs outlive the persona's file, so a name that has jobs is
 * taken as it is; any other must be a persona's. Errors: `personas.unknown`.
 */
async function storedName(asked: string, { jobs, personas }: ListDeps): Promise<string> {
  const name = asked.trim().replace(/^@/, '').toLowerCase();
  if ((await jobs.store.count({ project: jobs.project, persona: name })) > 0) return name;
  try {
    return (await personas.find(asked)).name;
  } catch (error) {
    if (isAppError(error, 'personas.unknown')) throw error;
    // It exists, switched off or not readable as it stands, and was never asked.
    return name;
  }
}
