import type { AppError } from '../../../kernel/index.ts';
import { labelOf, type ModelChainLink } from '../chain/model-chain.ts';
import { providerFacts } from '../chain/provider-facts.ts';
import { modelErrors } from '../errors.ts';
import { afterFailure } from './after-failure.ts';
import type { CallContext } from './call-context.ts';
import type { Passage } from './circuit-breaker.ts';

/**
 * How far one turn has come on the chain. The only place that counts attempts, also over several calls for the same turn,
 * so that each model gets its retries once.
 */
export interface ChainWalk {
  /** The model to try next, by its place in the chain. */
  index: number;
  /** How often it was tried already. */
  attempts: number;
  waitMs: number;
  /** Why each model before it did not answer. */
  failures: AppError[];
  /** A failure that no other model could mend. */
  stoppedBy: AppError | undefined;
}

export function startWalk(): ChainWalk {
  return { index: 0, attempts: 0, waitMs: 0, failures: [], stoppedBy: undefined };
}

/**
 * Waits as long as the last failure asks for, and gives the next model with leave to call it.
 * Errors: why the walk is over (`endOf`); the abort's reason.
 */
export async function nextLink(
  walk: ChainWalk,
  context: CallContext,
): Promise<{ link: ModelChainLink; passage: Passage }> {
  const { options, signal, breaker, emit } = context;
  const { chain, limits, clock } = options;
  if (walk.waitMs > 0) await clock.sleep(walk.waitMs, { signal });
  walk.waitMs = 0;
  for (;;) {
    const end = endOf(walk, context);
    if (end !== undefined) throw end;
    const link = chain.links[walk.index]!;
    const passage = breaker.enter(circuitOf(link), limits);
    if (!('closedForMs' in passage)) return { link, passage };
    const openMs = Math.ceil(passage.closedForMs);
    const name = labelOf(link);
    const facts = { link: name, failures: limits.breakerFailures, openMs, last: passage.lastFailure };
    const failure = modelErrors.make('models.circuit_open', facts, { retryAfterMs: openMs });
    emit({ type: 'link_skipped', link: name, code: failure.code });
    leave(walk, failure);
  }
}

/** Takes the failure of the model that `nextLink` gave, and plans what comes next. */
export function linkFailed(walk: ChainWalk, context: CallContext, error: AppError): void {
  const { options, breaker, emit } = context;
  const { chain, limits, random = Math.random } = options;
  const link = chain.links[walk.index]!;
  const planned = afterFailure(error, walk.attempts, limits, random());
  walk.attempts += 1;
  // When this failure opened the circuit there is nothing to wait for, and its reason is worth more than "open".
  const next =
    breaker.closedForMs(circuitOf(link)) > 0 && planned.move === 'retry'
      ? { move: 'next' as const }
      : planned;
  const retryInMs = next.move === 'retry' ? next.delayMs : undefined;
  const { code, message } = error;
  emit({ type: 'attempt_failed', link: labelOf(link), attempt: walk.attempts, code, message, retryInMs });
  walk.waitMs = retryInMs ?? 0;
  if (next.move === 'stop') walk.stoppedBy = error;
  if (next.move === 'next') leave(walk, error);
}

/**
 * Why there is nothing left to try; `undefined` while there is.
 * What stopped the walk at once; the last model's own error when there is one model; else `models.chain_exhausted`.
 */
export function endOf(walk: ChainWalk, { options }: CallContext): AppError | undefined {
  const { links } = options.chain;
  if (walk.stoppedBy !== undefined) return walk.stoppedBy;
  if (walk.index < links.length) return undefined;
  if (links.length === 0) return modelErrors.make('models.chain_empty', {});
  return links.length === 1 ? walk.failures[0]! : exhausted(walk.failures, links);
}

function leave(walk: ChainWalk, failure: AppError): void {
  walk.failures.push(failure);
  walk.index += 1;
  walk.attempts = 0;
}

/** One for each model: behind one address a gateway answers for many, of which one that fails says nothing about the next. */
const circuitOf = ({ provider, baseUrl, model }: ModelChainLink): string =>
  `${provider} ${baseUrl ?? providerFacts[provider].publicBaseUrl} ${model}`;

function exhausted(failures: readonly AppError[], links: readonly ModelChainLink[]): AppError {
  const waits = failures.flatMap(({ retryAfterMs }) => (retryAfterMs === undefined ? [] : [retryAfterMs]));
  const list = failures.map(({ code, message }, index) => ({ link: labelOf(links[index]!), code, message }));
  const retryAfterMs = waits.length === 0 ? undefined : Math.min(...waits);
  return modelErrors.make('models.chain_exhausted', { failures: list }, { retryAfterMs });
}
