import type { LanguageModelV4 } from '@ai-sdk/provider';
import { systemClock, type AppError } from '../../kernel/index.ts';
import { attemptLink } from './calls/attempt-link.ts';
import { callContext, type ChainModelOptions } from './calls/call-context.ts';
import { openBrokenTurns } from './calls/broken-turns.ts';
import { endOf, linkFailed, startWalk } from './calls/chain-walk.ts';
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
 * seen, ends with an `error` part. While the chain has another attempt for that turn (`canBeMadeAgain`), the caller makes the
 * same call again, which goes on where the turn broke off: it waits, counts and falls through as if it were one call.
 * Callers set `maxRetries: 0` in the AI SDK: retrying happens here.
 * Errors: all of `models.*` but those of resolving; the abort's reason.
 */
export function openChainModel(options: ChainModelOptions): LanguageModelV4 {
  const { chain, breaker = processBreaker } = options;
  const broken = openBrokenTurns();
  return {
    specificationVersion: 'v4',
    provider: 'troupe',
    modelId: chain.label,
    supportedUrls: {},
    async doStream(call) {
      const context = callContext(options, breaker, call);
      const walk = broken.take(call.prompt) ?? startWalk();
      const onBroken = (error: AppError) => {
        linkFailed(walk, context, error);
        const end = endOf(walk, context);
        if (end === undefined) broken.keep(call.prompt, walk, error);
        return end ?? error;
      };
      return {
        stream: await walkChain(walk, context, (link, passage) =>
          attemptLink(context, link, passage, onBroken),
        ),
      };
    },
    async doGenerate(call) {
      const context = callContext(options, breaker, call);
      return walkChain(startWalk(), context, async (link, passage) =>
        collectTurn(await attemptLink(context, link, passage)),
      );
    },
  };
}
