import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { AppError } from '../../../kernel/index.ts';
import { modelErrors } from '../errors.ts';

/**
 * Whether this end is not one: no provider stops for a reason of ours and none of its own, but libraries say so when the
 * connection ended before the answer did.
 */
export function isCutOff({ finishReason }: Extract<LanguageModelV4StreamPart, { type: 'finish' }>): boolean {
  const { unified, raw } = finishReason;
  return unified === 'interrupted' || ((unified === 'other' || unified === 'error') && raw === undefined);
}

export function cutOff(link: string): AppError {
  return modelErrors.make('models.stream_broken', { link, reason: 'it ended without saying so' });
}
