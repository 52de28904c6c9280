import { modelErrors } from '../errors.ts';
import { normalizeBaseUrl } from './base-url.ts';
import { baseUrlFromEnvironment, modelFromEnvironment } from './environment-links.ts';
import { modelProviders, type ModelChainLink, type ModelProvider } from './model-chain.ts';
import type { ModelLinkSettings } from './model-settings.ts';
import { firstSet, providerFacts, providerOfKeyEnv } from './provider-facts.ts';

/**
 * One entry of `models.chain`, completed from the environment.
 * Guarantee: a provider's own key goes to the provider's own address only (public, or from the same environment);
 * any other address needs its own `key_env`, which only trusted configuration can give.
 * Errors: `models.unknown_provider`, `models.model_missing`, `models.base_url_missing`, `models.base_url_invalid`,
 * `models.key_missing`, `models.key_misdirected`.
 */
export function configuredLink(
  settings: ModelLinkSettings,
  env: NodeJS.ProcessEnv,
  origin: string,
): ModelChainLink {
  const provider = knownProvider(settings.provider, origin);
  const facts = providerFacts[provider];
  const model = settings.model ?? modelFromEnvironment(provider, env, origin);
  const home = baseUrlFromEnvironment(provider, env);
  const baseUrl =
    settings.base_url === undefined
      ? home
      : normalizeBaseUrl(provider, settings.base_url, `base_url of ${origin}`);
  if (baseUrl === undefined && facts.publicBaseUrl === undefined) {
    throw modelErrors.make('models.base_url_missing', {
      provider,
      origin,
      variable: provider === 'azure' ? 'AZURE_RESOURCE_NAME' : facts.baseUrlEnvs[0]!,
    });
  }
  const target = baseUrl ?? facts.publicBaseUrl!;
  const isHome = sameOrigin(target, home) || sameOrigin(target, facts.publicBaseUrl);
  const keyEnv = keyEnvOf({ settings, provider, model, env, origin, target, isHome });
  return {
    provider,
    model,
    baseUrl,
    keyEnv,
    maxOutputTokens: settings.max_output_tokens,
    temperature: settings.temperature,
    contextTokens: settings.context_tokens,
    price: settings.price,
  };
}

export function knownProvider(name: string, origin: string): ModelProvider {
  const found = modelProviders.find((provider) => provider === name);
  if (found !== undefined) return found;
  throw modelErrors.make('models.unknown_provider', { provider: name, origin, known: modelProviders });
}

function keyEnvOf(link: {
  settings: ModelLinkSettings;
  provider: ModelProvider;
  model: string;
  env: NodeJS.ProcessEnv;
  origin: string;
  target: string;
  isHome: boolean;
}): string | undefined {
  const { settings, provider, env, origin, target } = link;
  const facts = providerFacts[provider];
  if (settings.key_env !== undefined) {
    const owner = providerOfKeyEnv(settings.key_env);
    if (owner !== undefined && owner !== provider) {
      throw modelErrors.make('models.key_misdirected', {
        provider,
        variable: settings.key_env,
        origin,
        target,
      });
    }
    if (firstSet(env, [settings.key_env])) return settings.key_env;
    throw modelErrors.make('models.key_missing', { provider, model: link.model, variable: settings.key_env });
  }
  const own = firstSet(env, facts.keyEnvs)?.variable;
  if (link.isHome && own !== undefined) return own;
  if (!facts.keyRequired) return undefined;
  if (own === undefined) {
    throw modelErrors.make('models.key_missing', {
      provider,
      model: link.model,
      variable: facts.keyEnvs[0]!,
    });
  }
  throw modelErrors.make('models.key_misdirected', { provider, variable: own, origin, target });
}

function sameOrigin(left: string, right: string | undefined): boolean {
  return right !== undefined && new URL(left).origin === new URL(right).origin;
}
