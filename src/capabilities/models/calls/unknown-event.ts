import { isRecord } from '../http/status-errors.ts';

/** Events of Anthropic's protocol that the library reads; its clients are asked to skip all others. */
const anthropicEvents: ReadonlySet<unknown> = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
  'ping',
  'error',
]);

/**
 * Whether a library reports an event that belongs to no answer of any protocol, such as one that a provider or a relay has
 * added. It says nothing about the answer, so it is skipped; an event of the answer that cannot be read is not.
 */
export function isUnknownEvent(thrown: unknown): boolean {
  if (!isRecord(thrown) || thrown['name'] !== 'AI_TypeValidationError') return false;
  const event = thrown['value'];
  if (!isRecord(event) || Array.isArray(event)) return false;
  return !('choices' in event || 'error' in event || anthropicEvents.has(event['type']));
}
