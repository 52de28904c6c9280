import { isAppError, type AppError } from '../../../kernel/index.ts';
import { modelErrors } from '../errors.ts';
import { azureBaseUrl, normalizeBaseUrl } from './base-url.ts';
import { modelProviders, type ModelChainLink, type ModelProvider } from './model-chain.ts';
import { firstSet, providerFacts } from './provider-facts.ts';

/**
 * Links for every provider the environment has what it takes for, in the order of `providerFacts`.
 * A provider that is set up by half (an Azure key without a deployment) is left out with its reason in `problems`.
 */
export function environmentLinks(env: NodeJS.ProcessEnv): { links: ModelChainLink[]; problems: AppError[] } {
  const links: ModelChainLink[] = [];
  const problems: AppError[] = [];
  for (const provider of modelProviders) {
    if (!isPresent(provider, env)) continue;
    try {
      links.push(environmentLink(provider, env));
    } catch (error) {
      if (!isAppError(error)) throw error;
      problems.push(error);
    }
  }
  return { links, problems };
}

function isPresent(provider: ModelProvider, env: NodeJS.ProcessEnv): boolean {
  const facts = providerFacts[provider];
  return firstSet(env, facts.keyRequired ? facts.keyEnvs : facts.baseUrlEnvs) !== undefined;
}

function environmentLink(provider: ModelProvider, env: NodeJS.ProcessEnv): ModelChainLink {
  const facts = providerFacts[provider];
  const baseUrl = baseUrlFromEnvironment(provider, env);
  if (baseUrl === undefined && facts.publicBaseUrl === undefined) {
    throw modelErrors.make('models.base_url_missing', {
      provider,
      origin: facts.keyEnvs[0]!,
      variable: provider === 'azure' ? 'AZURE_RESOURCE_NAME' : facts.baseUrlEnvs[0]!,
    });
  }
  const origin = firstSet(env, [...facts.keyEnvs, ...facts.baseUrlEnvs])!.variable;
  return {
    provider,
    model: modelFromEnvironment(provider, env, origin),
    baseUrl,
    keyEnv: firstSet(env, facts.keyEnvs)?.variable,
  };
}

/** The model that the environment names for this provider, else its default. Errors: `models.model_missing`. */
export function modelFromEnvironment(
  provider: ModelProvider,
  env: NodeJS.ProcessEnv,
  origin: string,
): string {
  const facts = providerFacts[provider];
  const model = firstSet(env, facts.modelEnvs)?.value ?? facts.defaultModel;
  if (model !== undefined) return model;
  throw modelErrors.make('models.model_missing', { provider, origin, variable: facts.modelEnvs[0]! });
}

/** The address that the environment gives this provider; `undefined` for its public one. */
export function baseUrlFromEnvironment(provider: ModelProvider, env: NodeJS.ProcessEnv): string | undefined {
  const given = firstSet(env, providerFacts[provider].baseUrlEnvs);
  if (given !== undefined) return normalizeBaseUrl(provider, given.value, given.variable);
  const resource = provider === 'azure' ? firstSet(env, ['AZURE_RESOURCE_NAME']) : undefined;
  return resource === undefined ? undefined : azureBaseUrl(resource.value);
}
