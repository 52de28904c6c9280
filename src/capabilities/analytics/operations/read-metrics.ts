import { operationsOf } from '../../../kernel/index.ts';
import { sqlJobFigures, type DurationFigures, type JobDeps, type JobGroup } from '../../jobs/index.ts';
import { metricsInput, metricsOutput, type Metrics } from '../contract/index.ts';
import { standardFigures, type StandardFigureSources } from './standard-figures.ts';

/** What the operations on figures need. */
export interface AnalyticsDeps extends JobDeps {
  standardFigures: StandardFigureSources;
}

const dayMs = 86_400_000;
const daysShown = 30;

export const readMetrics = operationsOf<AnalyticsDeps>()({
  name: 'analytics.metrics',
  summary: 'Figures of this project as JSON: invocations by persona, durations, tokens, cost, standards.',
  input: metricsInput,
  output: metricsOutput,
  doors: { cli: 'metrics' },
  policy: { effect: 'read', idempotent: true },
  errors: [],
  async handler(_input, { deps }) {
    const { database, project, clock } = deps.jobs;
    const figures = sqlJobFigures(database);
    const today = Math.floor(clock.now() / dayMs);
    const firstDay = today - daysShown + 1;
    const [groups, durations, perDay, byPersonas, standards] = await Promise.all([
      figures.groups(project),
      figures.durations(project),
      figures.createdPerDay(project, firstDay * dayMs),
      figures.toolCalls(project, 'search_standards'),
      standardFigures(deps.standardFigures, { now: clock.now(), days: daysShown }),
    ]);
    const created = new Map(perDay.map(({ day, jobs }) => [day, jobs]));
    return {
      generated_at: new Date(clock.now()).toISOString(),
      total_invocations: sum(groups, 'jobs'),
      invocations_by_persona: byPersona(groups, durations),
      models: byModel(groups),
      tokens: { input: sum(groups, 'tokensInput'), output: sum(groups, 'tokensOutput') },
      cost_usd: sum(groups, 'costUsd'),
      created_per_day: Array.from({ length: daysShown }, (_, index) => ({
        day: new Date((firstDay + index) * dayMs).toISOString().slice(0, 10),
        invocations: created.get(firstDay + index) ?? 0,
      })),
      standards: { ...standards, searches_by_personas: byPersonas },
    };
  },
});

type Figure = 'jobs' | 'tokensInput' | 'tokensOutput' | 'costUsd';

const sum = (groups: readonly JobGroup[], figure: Figure) =>
  groups.reduce((total, group) => total + group[figure], 0);

function byPersona(
  groups: readonly JobGroup[],
  durations: readonly DurationFigures[],
): Metrics['invocations_by_persona'] {
  return [...Map.groupBy(groups, ({ persona }) => persona)].map(([persona, own]) => {
    const took = durations.find((figures) => figures.persona === persona);
    const jobsIn = (status: JobGroup['status']) =>
      sum(
        own.filter((group) => group.status === status),
        'jobs',
      );
    return {
      persona,
      total: sum(own, 'jobs'),
      by_status: {
        pending: jobsIn('pending'),
        running: jobsIn('running'),
        complete: jobsIn('complete'),
        failed: jobsIn('failed'),
        cancelled: jobsIn('cancelled'),
      },
      duration_p50_seconds: secondsOf(took?.p50Ms),
      duration_p95_seconds: secondsOf(took?.p95Ms),
      tokens_input: sum(own, 'tokensInput'),
      tokens_output: sum(own, 'tokensOutput'),
      cost_usd: sum(own, 'costUsd'),
    };
  });
}

function byModel(groups: readonly JobGroup[]): Metrics['models'] {
  return [...Map.groupBy(groups, ({ model }) => model)]
    .map(([model, own]) => ({
      model,
      invocations: sum(own, 'jobs'),
      tokens_input: sum(own, 'tokensInput'),
      tokens_output: sum(own, 'tokensOutput'),
      cost_usd: sum(own, 'costUsd'),
    }))
    .sort((a, b) => (a.model < b.model ? -1 : 1));
}

// The clock may have been moved back between start and end.
const secondsOf = (ms: number | undefined) =>
  ms === undefined ? null : Math.max(0, Math.round(ms / 100) / 10);
