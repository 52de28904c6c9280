import type { Clock } from '../kernel/index.ts';
import type { Settings } from '../platform/config/index.ts';
import type { Attempt } from '../capabilities/jobs/index.ts';
import type { ModelChain, OnSpan } from '../capabilities/models/index.ts';
import type { OpenedModel } from '../capabilities/work/index.ts';

/** Opens the process's model chain for one job: budget, events and notes are the job's own. */
export async function openModelForJob(
  attempt: Attempt,
  options: {
    chain: ModelChain;
    env: NodeJS.ProcessEnv;
    settings: Settings;
    clock: Clock;
    onSpan: OnSpan | undefined;
  },
): Promise<OpenedModel> {
  const { labelOf, openChainModel, openJobBudget, priceOf } = await import('../capabilities/models/index.ts');
  const { chain, settings, clock } = options;
  const { job } = attempt;
  const budget = openJobBudget({
    maxTokens: settings.work.maxTokensPerJob,
    maxCostUsd: settings.work.maxCostUsdPerJob,
    spent: { inputTokens: job.tokensInput, outputTokens: job.tokensOutput, costUsd: job.costUsd ?? 0 },
  });
  const notes = new Set<string>();
  let label = chain.links[0] === undefined ? chain.label : labelOf(chain.links[0]);
  const model = openChainModel({
    chain,
    env: options.env,
    limits: { ...settings.models, maxOutputTokens: settings.work.maxOutputTokens },
    clock,
    budget,
    onSpan: options.onSpan,
    onEvent(event) {
      if (event.type === 'call_finished') label = event.link;
      if (event.type === 'attempt_failed' && event.retryInMs === undefined)
        notes.add(`${event.link} did not answer: ${event.message}`);
      if (event.type === 'link_skipped') notes.add(`${event.link} was left out (${event.code}).`);
    },
  });
  return {
    model,
    label: () => label,
    spent: () => {
      const { inputTokens, outputTokens, costUsd } = budget.spent();
      return { inputTokens, outputTokens, costUsd };
    },
    notes() {
      const unpriced = chain.links.filter(
        (link) => priceOf(link, { inputTokens: 0, nowMs: clock.now() }).source === 'dearest-known',
      );
      const priceNotes = unpriced.map(
        (link) => `The price of ${labelOf(link)} is not known; it was counted as the dearest known one.`,
      );
      const estimated = budget.spent().estimated
        ? ['A model reported no usage; its tokens are estimated.']
        : [];
      return [...notes, ...priceNotes, ...estimated];
    },
  };
}
