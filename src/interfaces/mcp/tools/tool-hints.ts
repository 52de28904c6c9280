import type { ToolAnnotations } from '@modelcontextprotocol/server';
import type { Policy } from '../../../kernel/index.ts';

/**
 * What a client may assume about a tool, from the operation's policy. A hint that equals the protocol's default
 * (not read-only, destructive, not idempotent) is left out; a reading tool needs no other hint.
 */
export function hintsOf(policy: Policy): ToolAnnotations {
  if (policy.effect === 'read') return { readOnlyHint: true };
  return {
    ...(policy.effect === 'write' ? { destructiveHint: false } : { destructiveHint: true }),
    ...(policy.idempotent ? { idempotentHint: true } : {}),
  };
}
