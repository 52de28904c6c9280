import type { LanguageModelV4 } from '@ai-sdk/provider';
import { systemClock } from '../../kernel/index.ts';
import { attemptLink } from './calls/attempt-link.ts';
import { callContext, type ChainModelOptions } from './calls/call-context.ts';
import { openCircuitBreaker } from './calls/circuit-breaker.ts';
import { collectTurn } from './calls/collect-turn.ts';
import { walkChain } from './calls/walk-chain.ts';

/** Shared by all jobs of the process: a server that is down for one is down for all. */
const processBreaker = openCircuitBreaker(systemClock);

/**
 * The chain as one model for the AI SDK.
 *
 * Guarantees: models are tried in order, each with the limits' retries; the budget is asked before every attempt and told
 * after it; an abort ends the HTTP request at once; no error, event or span holds a key or a prompt. Both calls stream, so
 * that silence is noticed; `doGenerate` also repeats an answer that broke off, while `doStream`, whose parts somebody has
 * seen, ends with an `error` part holding a retryable `AppError`: the caller makes the turn again.
 * Callers set `maxRetries: 0` in the AI SDK: retrying happens here.
 * Errors: all of `models.*` but those of resolving; the abort's reason.
 */
export function openChainModel(options: ChainModelOptions): LanguageModelV4 {
  const { chain, breaker = processBreaker } = options;
  return {
    specificationVersion: 'v4',
    provider: 'troupe',
    modelId: chain.label,
    supportedUrls: {},
    async doStream(call) {
      const context = callContext(options, breaker, call);
      return { stream: await walkChain(context, (link, passage) => attemptLink(context, link, passage)) };
    },
    async doGenerate(call) {
      const context = callContext(options, breaker, call);
      return walkChain(context, async (link, passage) =>
        collectTurn(await attemptLink(context, link, passage)),
      );
    },
  };
}
