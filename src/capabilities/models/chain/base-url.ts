import { modelErrors } from '../errors.ts';
import type { ModelProvider } from './model-chain.ts';
import { providerFacts } from './provider-facts.ts';

/**
 * The root of a provider's API from what people write: `localhost:11434`, `https://host`, `https://host/v1/`.
 * A host alone gets the provider's usual path. `0.0.0.0`, where servers listen, becomes `127.0.0.1`.
 * Errors: `models.base_url_invalid` (not http or https, or with a password in it).
 */
export function normalizeBaseUrl(provider: ModelProvider, text: string, origin: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw modelErrors.make('models.base_url_invalid', { origin, why: 'is not an http or https address' });
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw modelErrors.make('models.base_url_invalid', {
      origin,
      why: 'holds more than scheme, host, port and path',
    });
  }
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  if (provider === 'ollama') {
    // A bare host means Ollama's own port, as in its client; the API's folder is added by the request.
    if (url.port === '' && !/:\d+(\/|$)/.test(withScheme) && !withScheme.startsWith('https:'))
      url.port = '11434';
    url.pathname = url.pathname.replace(/\/(api|v1)\/?$/, '/');
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path === '' ? providerFacts[provider].apiPath : path}`;
}

/** Address of an Azure resource. Errors: `models.base_url_invalid` when it is not one DNS label. */
export function azureBaseUrl(resourceName: string): string {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(resourceName)) {
    throw modelErrors.make('models.base_url_invalid', {
      origin: 'AZURE_RESOURCE_NAME',
      why: 'is not a resource name (letters, digits, hyphens)',
    });
  }
  return `https://${resourceName.toLowerCase()}.openai.azure.com/openai`;
}

/** Whether the server runs on this machine, so that a call costs nothing. */
export function isLoopback(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
