import { isAppError, type AppError } from '../../../kernel/index.ts';
import { labelOf, type ModelChainLink } from '../chain/model-chain.ts';
import { providerFacts } from '../chain/provider-facts.ts';
import { modelErrors } from '../errors.ts';
import { afterFailure } from './after-failure.ts';
import type { CallContext } from './call-context.ts';
import type { Passage } from './circuit-breaker.ts';

/**
 * Makes the attempt at one model after the other until one succeeds.
 * Errors: what stopped the walk at once; the last model's own error when there is one model; else `models.chain_exhausted`.
 */
export async function walkChain<R>(
  context: CallContext,
  attempt: (link: ModelChainLink, passage: Passage) => Promise<R>,
): Promise<R> {
  const failures: AppError[] = [];
  for (const link of context.options.chain.links) {
    const outcome = await tryLink(context, link, attempt);
    if ('result' in outcome) return outcome.result;
    failures.push(outcome.failure);
  }
  if (failures.length === 0) throw modelErrors.make('models.chain_empty', {});
  throw failures.length === 1 ? failures[0]! : exhausted(context, failures);
}

async function tryLink<R>(
  context: CallContext,
  link: ModelChainLink,
  attempt: (link: ModelChainLink, passage: Passage) => Promise<R>,
): Promise<{ result: R } | { failure: AppError }> {
  const { options, signal, breaker, emit } = context;
  const { limits, clock, random = Math.random } = options;
  const name = labelOf(link);
  const server = `${link.provider} ${link.baseUrl ?? providerFacts[link.provider].publicBaseUrl}`;
  for (let number = 0; ; number++) {
    const passage = breaker.enter(server, limits);
    if ('closedForMs' in passage) {
      const failure = modelErrors.make(
        'models.circuit_open',
        { link: name, failures: limits.breakerFailures, openMs: Math.ceil(passage.closedForMs) },
        { retryAfterMs: Math.ceil(passage.closedForMs) },
      );
      emit({ type: 'link_skipped', link: name, code: failure.code });
      return { failure };
    }
    try {
      return { result: await attempt(link, passage) };
    } catch (error) {
      // Budget refusals and aborts come before or beside the attempt; neither says anything about the server.
      passage.abandoned();
      if (signal?.aborted || !isAppError(error)) throw error;
      const planned = afterFailure(error, number, limits, random());
      // When this failure opened the circuit there is nothing to wait for, and its reason is worth more than "open".
      const next =
        breaker.closedForMs(server) > 0 && planned.move === 'retry' ? { move: 'next' as const } : planned;
      const retryInMs = next.move === 'retry' ? next.delayMs : undefined;
      const { code, message } = error;
      emit({ type: 'attempt_failed', link: name, attempt: number + 1, code, message, retryInMs });
      if (next.move === 'stop') throw error;
      if (next.move === 'next') return { failure: error };
      await clock.sleep(next.delayMs, { signal });
    }
  }
}

function exhausted(context: CallContext, failures: readonly AppError[]): AppError {
  const waits = failures.flatMap(({ retryAfterMs }) => (retryAfterMs === undefined ? [] : [retryAfterMs]));
  const list = failures.map(({ code, message }, index) => ({
    link: labelOf(context.options.chain.links[index]!),
    code,
    message,
  }));
  const retryAfterMs = waits.length === 0 ? undefined : Math.min(...waits);
  return modelErrors.make('models.chain_exhausted', { failures: list }, { retryAfterMs });
}
