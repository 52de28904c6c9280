import { statsInput, statsOutput } from '../contract/index.ts';
import { jobOperation } from './job-deps.ts';

const bytesPerMb = 1_048_576;
const dayMs = 86_400_000;

/** By size: advice the documents fix. */
function recommendation(sizeMb: number): 'healthy' | 'soon' | 'recommended' | 'urgent' {
  if (sizeMb < 50) return 'healthy';
  if (sizeMb < 100) return 'soon';
  return sizeMb < 150 ? 'recommended' : 'urgent';
}

export const readStats = jobOperation({
  name: 'jobs.stats',
  summary: 'Size and state of the job database, and when it is cleaned up.',
  input: statsInput,
  output: statsOutput,
  doors: { mcp: 'persona_database_stats', cli: 'jobs stats' },
  policy: { effect: 'read', idempotent: true },
  errors: [],
  async handler(_input, { deps }) {
    const { store, database, clock, project, retention } = deps.jobs;
    const [counts, sizeBytes, last, next] = await Promise.all([
      store.counts(project),
      database.sizeBytes(),
      retention.lastRunAt(),
      retention.nextRunAt(),
    ]);
    const sizeMb = sizeBytes / bytesPerMb;
    const ageMs = counts.oldestCreatedAt === null ? 0 : clock.now() - counts.oldestCreatedAt;
    return {
      database_size_mb: Math.round(sizeMb * 100) / 100,
      total_jobs: counts.total,
      jobs_by_status: counts.byStatus,
      oldest_job_days: Math.round((Math.max(0, ageMs) / dayMs) * 10) / 10,
      last_cleanup: last === null ? null : new Date(last).toISOString(),
      next_cleanup: new Date(next).toISOString(),
      cleanup_recommendation: recommendation(sizeMb),
      retention_days: retention.settings.days,
    };
  },
});
