import type { AppError } from '../../../kernel/index.ts';
import { configuredLink } from './configured-link.ts';
import { environmentLinks } from './environment-links.ts';
import { fingerprintOf } from './fingerprint.ts';
import { labelOf, offlineLabel, type ModelChain, type ModelChainLink } from './model-chain.ts';
import type { ModelSettings } from './model-settings.ts';

/** A chain, and what was found in the environment but cannot be used. */
export interface ResolvedModelChain extends ModelChain {
  problems: readonly AppError[];
}

/**
 * The models this caller may use, in order.
 *
 * 1. `TROUPE_MODEL=provider/model`: that one and no other, so that a choice of a local model stays local;
 *    `TROUPE_MODEL=offline` means the offline reviewer.
 * 2. `models.chain` of the settings.
 * 3. What the environment has keys and addresses for, hosted providers first, a local server last.
 * 4. Nothing: an offline chain (`links` empty, `fingerprint` '').
 *
 * Guarantee: reads `env` only, makes no connection, and returns no key.
 * Errors (1 and 2 only, where somebody asked for the model): `models.unknown_provider`, `models.model_missing`,
 * `models.base_url_missing`, `models.base_url_invalid`, `models.key_missing`, `models.key_misdirected`.
 */
export function resolveModelChain(options: {
  settings: ModelSettings;
  env: NodeJS.ProcessEnv;
}): ResolvedModelChain {
  const { settings, env } = options;
  const chosen = env['TROUPE_MODEL']?.trim();
  if (chosen) return chainOf(chosen === 'offline' ? [] : [chosenLink(chosen, settings, env)], env);
  if (settings.chain !== undefined && settings.chain.length > 0) {
    return chainOf(
      settings.chain.map((link, index) => configuredLink(link, env, `models.chain[${index}]`)),
      env,
    );
  }
  const { links, problems } = environmentLinks(env);
  return chainOf(links, env, problems);
}

/** An entry of the configured chain with this name keeps its address and limits. */
function chosenLink(chosen: string, settings: ModelSettings, env: NodeJS.ProcessEnv): ModelChainLink {
  const slash = chosen.indexOf('/');
  const provider = slash === -1 ? chosen : chosen.slice(0, slash);
  const model = slash === -1 ? undefined : chosen.slice(slash + 1);
  const configured = settings.chain?.find((link) => link.provider === provider && link.model === model);
  return configuredLink(configured ?? { provider, model }, env, 'TROUPE_MODEL');
}

function chainOf(
  links: readonly ModelChainLink[],
  env: NodeJS.ProcessEnv,
  problems: readonly AppError[] = [],
): ResolvedModelChain {
  return {
    links,
    fingerprint: fingerprintOf(links, env),
    label: links.length === 0 ? offlineLabel : links.map(labelOf).join(' > '),
    problems,
  };
}
