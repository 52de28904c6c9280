import { isAppError } from '../../../kernel/index.ts';
import type { ModelChainLink } from '../chain/model-chain.ts';
import type { CallContext } from './call-context.ts';
import { linkFailed, nextLink, type ChainWalk } from './chain-walk.ts';
import type { Passage } from './circuit-breaker.ts';

/**
 * Goes on with a walk: makes the attempt at one model after the other until one succeeds.
 * Errors: why the walk is over (`endOf`); whatever of the attempt is no `AppError`; the abort's reason.
 */
export async function walkChain<R>(
  walk: ChainWalk,
  context: CallContext,
  attempt: (link: ModelChainLink, passage: Passage) => Promise<R>,
): Promise<R> {
  for (;;) {
    const { link, passage } = await nextLink(walk, context);
    try {
      return await attempt(link, passage);
    } catch (error) {
      // Budget refusals and aborts come before or beside the attempt; neither says anything about the server.
      passage.abandoned();
      if (context.signal?.aborted || !isAppError(error)) throw error;
      linkFailed(walk, context, error);
    }
  }
}
