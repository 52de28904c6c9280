import { openai } from './openai-responses.ts';
import type { Protocol } from './protocol.ts';

/** Azure OpenAI: the responses API under another path, with the key in another header. */
export const azure: Protocol = {
  ...openai,
  basePath: '/openai/v1',
  route: (method, path) => {
    const bare = path.replace(/^\/openai/, '').replace(/\?.*$/, '');
    return path.startsWith('/openai/') ? openai.route(method, bare) : undefined;
  },
  keyOf: (headers) => headers['api-key'],
  modelsBody: (models, path) => openai.modelsBody(models, path.replace(/^\/openai/, '').replace(/\?.*$/, '')),
  env: (baseUrl, key, model) => ({
    AZURE_API_KEY: key,
    AZURE_OPENAI_ENDPOINT: baseUrl,
    AZURE_DEPLOYMENT: model,
    TROUPE_MODEL: `azure/${model}`,
  }),
};
