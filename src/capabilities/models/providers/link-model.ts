import type { LanguageModelV4, SharedV4ProviderOptions } from '@ai-sdk/provider';
import type { ModelChainLink } from '../chain/model-chain.ts';
import { providerFacts } from '../chain/provider-facts.ts';
import { modelErrors } from '../errors.ts';
import type { FetchContext } from '../http/guarded-fetch.ts';

/** A provider's model, ready to be called once. */
export interface LinkModel {
  model: Pick<LanguageModelV4, 'doStream'>;
  /** What every call of this provider needs; the caller's own options go before it. */
  providerOptions: SharedV4ProviderOptions;
}

/**
 * The key of a link, from its variable and nowhere else.
 * Errors: `models.key_missing`, `models.key_malformed`.
 */
export function keyOf(link: ModelChainLink, env: NodeJS.ProcessEnv): string | undefined {
  if (link.keyEnv === undefined) return undefined;
  const { provider, model, keyEnv } = link;
  const key = env[keyEnv]?.trim() ?? '';
  if (key === '') throw modelErrors.make('models.key_missing', { provider, model, variable: keyEnv });
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw modelErrors.make('models.key_malformed', {
      provider: providerFacts[provider].title,
      variable: keyEnv,
    });
  }
  return key;
}

/**
 * Opens a link's model. Loads the provider's library and the HTTP client at the first call.
 * Guarantee: address and key are always passed, so that a library never looks into the environment by itself.
 */
export async function openLinkModel(context: FetchContext & { maxOutputTokens: number }): Promise<LinkModel> {
  const { link, env } = context;
  const { guardedFetch } = await import('../http/guarded-fetch.ts');
  const fetch = guardedFetch(context);
  const apiKey = keyOf(link, env);
  const baseURL = link.baseUrl ?? providerFacts[link.provider].publicBaseUrl!;
  switch (link.provider) {
    case 'anthropic': {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      const model = createAnthropic({ baseURL, apiKey: apiKey!, fetch })(link.model);
      // The conversation so far is the same in every turn of a tool loop: read from the cache it costs a fraction.
      return { model, providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } } };
    }
    case 'openai': {
      const { createOpenAI } = await import('@ai-sdk/openai');
      const model = createOpenAI({ baseURL, apiKey: apiKey!, fetch }).responses(link.model);
      return { model, providerOptions: notStored };
    }
    case 'azure': {
      const { createAzure } = await import('@ai-sdk/azure');
      const model = createAzure({ baseURL, apiKey: apiKey!, fetch }).responses(link.model);
      return { model, providerOptions: notStored };
    }
    case 'google': {
      const { createGoogle } = await import('@ai-sdk/google');
      return { model: createGoogle({ baseURL, apiKey: apiKey!, fetch })(link.model), providerOptions: {} };
    }
    case 'openai-compatible': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      const key = apiKey === undefined ? {} : { apiKey };
      const provider = createOpenAICompatible({
        name: 'openai-compatible',
        baseURL,
        includeUsage: true,
        fetch,
        ...key,
      });
      return { model: provider.chatModel(link.model), providerOptions: {} };
    }
    case 'ollama': {
      const { openOllamaModel } = await import('./ollama/ollama-model.ts');
      return { model: openOllamaModel({ ...context, baseUrl: baseURL, apiKey, fetch }), providerOptions: {} };
    }
  }
}

/** The conversation is not kept on the provider's side; reasoning travels encrypted with the messages. */
const notStored: SharedV4ProviderOptions = { openai: { store: false } };
