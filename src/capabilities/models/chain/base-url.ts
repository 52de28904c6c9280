import { BlockList, isIP } from 'node:net';
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

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Whether the server runs on this machine, so that a call costs nothing. An address must be one, as a name may begin like
 * one; of names only `localhost`, and what is below it, belong to no one else.
 */
export function isLoopback(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 0) return /^(.+\.)?localhost$/.test(host);
  return loopback.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}
