import type { AppError } from '../../../kernel/index.ts';
import type { ModelLimits } from './call-limits.ts';

/** What a failure means for the chain: try this model again, go on to the next one, or tell the caller. */
export type NextMove = { move: 'retry'; delayMs: number } | { move: 'next' } | { move: 'stop' };

/** Failures that say the server is in trouble; a busy account (429) or a person's mistake says nothing about it. */
const outages = new Set([
  'models.overloaded',
  'models.unreachable',
  'models.timed_out',
  'models.stream_broken',
]);

/** What the same model would do again, and another one may not. */
const ofThisModel = new Set([
  'models.out_of_credit',
  'models.key_missing',
  'models.key_malformed',
  'models.answer_too_long',
]);

export function isOutage(error: AppError): boolean {
  return outages.has(error.code);
}

/**
 * Decides after attempt number `attempt` (0 is the first) of one model failed.
 * `random` is in [0, 1); the delay is jittered by a quarter either way and never shorter than the server asked for.
 */
export function afterFailure(
  error: AppError,
  attempt: number,
  limits: Pick<ModelLimits, 'maxRetries' | 'retryDelayMs' | 'maxRetryAfterMs'>,
  random: number,
): NextMove {
  if (ofThisModel.has(error.code)) return { move: 'next' };
  if (!error.retryable) return { move: 'stop' };
  // A call that used up its whole time would use it up again.
  if (error.code === 'models.timed_out' && error.details['phase'] === 'total') return { move: 'next' };
  const askedMs = error.retryAfterMs ?? 0;
  if (attempt >= limits.maxRetries || askedMs > limits.maxRetryAfterMs) return { move: 'next' };
  const ownMs = limits.retryDelayMs * 2 ** attempt * (0.75 + random / 2);
  return { move: 'retry', delayMs: Math.round(Math.max(askedMs, ownMs)) };
}
