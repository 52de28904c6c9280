import type {
  LanguageModelV4FunctionTool,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
} from '@ai-sdk/provider';
import { systemClock, type Clock } from '../../kernel/index.ts';
import { openJobBudget, type JobBudgetOptions } from './budget/job-budget.ts';
import { defaultModelLimits, type ModelLimits } from './calls/call-limits.ts';
import { openCircuitBreaker } from './calls/circuit-breaker.ts';
import type { ModelEvent } from './calls/model-event.ts';
import { openChainModel } from './chain-model.ts';
import { resolveModelChain } from './chain/resolve-chain.ts';
import type { ModelLinkSettings } from './chain/model-settings.ts';
import type { ModelSpan } from './tracing/span.ts';

export const prompt: LanguageModelV4Prompt = [
  { role: 'system', content: 'You review code.' },
  { role: 'user', content: [{ type: 'text', text: 'Review src/pay.ts' }] },
];

export const readTool: LanguageModelV4FunctionTool = {
  type: 'function',
  name: 'read_file',
  description: 'Read a file.',
  inputSchema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
};

/** A chain model as production opens it, with its own breaker and everything it tells collected. */
export function openTestModel(
  env: Record<string, string>,
  options: {
    chain?: ModelLinkSettings[];
    limits?: Partial<ModelLimits>;
    clock?: Clock;
    budget?: JobBudgetOptions;
  } = {},
) {
  const { clock = systemClock } = options;
  const chain = resolveModelChain({ settings: { chain: options.chain }, env });
  const events: ModelEvent[] = [];
  const spans: ModelSpan[] = [];
  const budget = openJobBudget(options.budget ?? {});
  const model = openChainModel({
    chain,
    env,
    limits: { ...defaultModelLimits, ...options.limits },
    clock,
    budget,
    breaker: openCircuitBreaker(clock),
    random: () => 0.5,
    onEvent: (event) => events.push(event),
    onSpan: (span) => spans.push(span),
  });
  return { model, chain, budget, events, spans };
}

/** Everything a stream says, sorted by kind. */
export async function readParts({ stream }: LanguageModelV4StreamResult) {
  const all: LanguageModelV4StreamPart[] = [];
  for await (const part of stream) all.push(part);
  return {
    all,
    text: all.map((part) => (part.type === 'text-delta' ? part.delta : '')).join(''),
    calls: all.filter((part) => part.type === 'tool-call'),
    finish: all.find((part) => part.type === 'finish'),
    error: all.find((part) => part.type === 'error')?.error,
  };
}
