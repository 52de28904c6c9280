import type { ProjectFiles } from '../platform/files/index.ts';
import type { RunJob } from '../capabilities/jobs/index.ts';
import type { StandardsLibrary, StandardsSearch } from '../capabilities/standards/index.ts';
import { reviewRunner, type PersonaProposals } from '../capabilities/work/index.ts';
import { analyze, describeRule, redactSecrets } from './analyzers-when-needed.ts';
import { openModelForJob } from './open-model.ts';
import type { ProjectContext } from './project-context.ts';

/** What a review reads and writes besides the settings. */
export interface ReviewParts {
  files: ProjectFiles;
  library: StandardsLibrary;
  standards: StandardsSearch;
  proposals: PersonaProposals;
}

/** What a worker does with a job: the persona's review of the project. Opens nothing by itself. */
export function openReviews(context: ProjectContext, parts: ReviewParts): RunJob {
  const { chain, clock, env, personas } = context;
  const settings = context.settings.values;
  return reviewRunner({
    ...parts,
    personas,
    analyze,
    describeRule,
    redact: redactSecrets,
    hasModel: chain.fingerprint !== '',
    openModel: async (attempt) =>
      openModelForJob(attempt, {
        chain,
        env,
        settings,
        clock,
        onSpan: settings.telemetry.enabled ? await openSpans() : undefined,
      }),
    async loadTokenCounter() {
      const { loadTokenCounter } = await import('../platform/tokens/index.ts');
      const counter = await loadTokenCounter();
      return (text) => counter.count(text);
    },
    settings: {
      ...settings.work,
      gitTimeoutMs: settings.git.timeoutMs,
    },
  });
}

async function openSpans() {
  const { openTelemetrySpans } = await import('../capabilities/models/index.ts');
  return openTelemetrySpans();
}
