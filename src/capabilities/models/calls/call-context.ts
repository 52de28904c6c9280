import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import type { Clock } from '../../../kernel/index.ts';
import { estimateInputTokens } from '../budget/estimate-tokens.ts';
import type { JobBudget } from '../budget/job-budget.ts';
import type { ModelChain, ModelChainLink } from '../chain/model-chain.ts';
import { redactorOf, type Redact } from '../http/redact.ts';
import type { OnSpan } from '../tracing/span.ts';
import type { ModelLimits } from './call-limits.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { ModelEvent } from './model-event.ts';

/** What a chain model is opened with; everything but `chain`, `env`, `limits`, `clock` and `budget` may be left out. */
export interface ChainModelOptions {
  chain: ModelChain;
  /** Where the keys are. Read at each call, never copied anywhere else. */
  env: NodeJS.ProcessEnv;
  limits: ModelLimits;
  clock: Clock;
  budget: JobBudget;
  onEvent?: ((event: ModelEvent) => void) | undefined;
  onSpan?: OnSpan | undefined;
  /** The process's own when left out. */
  breaker?: CircuitBreaker | undefined;
  /** In [0, 1), for jitter. */
  random?: (() => number) | undefined;
}

/** What all attempts of one call share. */
export interface CallContext {
  options: ChainModelOptions;
  breaker: CircuitBreaker;
  call: LanguageModelV4CallOptions;
  signal: AbortSignal | undefined;
  redact: Redact;
  /** `undefined` when it cannot be told. */
  inputTokens: number | undefined;
  emit: (event: ModelEvent) => void;
}

export function callContext(
  options: ChainModelOptions,
  breaker: CircuitBreaker,
  call: LanguageModelV4CallOptions,
): CallContext {
  const keys = options.chain.links.map(({ keyEnv }) =>
    keyEnv === undefined ? '' : (options.env[keyEnv]?.trim() ?? ''),
  );
  return {
    options,
    breaker,
    call,
    signal: call.abortSignal,
    redact: redactorOf(keys),
    inputTokens: estimateInputTokens(call),
    emit: options.onEvent ?? (() => undefined),
  };
}

/** The smallest of what the caller wants, the chain allows, and the setting says where neither does. */
export function maxOutputTokensOf(context: CallContext, link: ModelChainLink): number {
  const named = [context.call.maxOutputTokens, link.maxOutputTokens].filter((limit) => limit !== undefined);
  return named.length === 0 ? context.options.limits.maxOutputTokens : Math.min(...named);
}
