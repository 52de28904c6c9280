import { createHash, createHmac } from 'node:crypto';
import type { ModelChainLink } from './model-chain.ts';

const salt = 'troupe model chain, version 1';

/**
 * Names links, servers and keys without revealing a key: processes with the same value may take each other's jobs.
 * Returns '' for no links, else 32 hexadecimal digits.
 */
export function fingerprintOf(links: readonly ModelChainLink[], env: NodeJS.ProcessEnv): string {
  if (links.length === 0) return '';
  const parts = links.map((link) => [
    link.provider,
    link.model,
    link.baseUrl ?? null,
    link.maxOutputTokens ?? null,
    link.temperature ?? null,
    link.contextTokens ?? null,
    link.keyEnv === undefined ? null : keyDigest(link, env[link.keyEnv]?.trim() ?? ''),
  ]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function keyDigest(link: ModelChainLink, key: string): string {
  return createHmac('sha256', `${salt} ${link.provider}`).update(key).digest('hex').slice(0, 16);
}
