import type { ModelProvider } from './model-chain.ts';

/** What is known about a provider without asking it. */
export interface ProviderFacts {
  /** For sentences. */
  title: string;
  /** Variables that hold its key, the first one set counts. A key from here goes to this provider only. */
  keyEnvs: readonly string[];
  keyRequired: boolean;
  /** Variables that hold its address. */
  baseUrlEnvs: readonly string[];
  /** Public address; `undefined` when there is none. */
  publicBaseUrl: string | undefined;
  /** Appended to an address that names a host only. */
  apiPath: string;
  /** Variables that name its model. */
  modelEnvs: readonly string[];
  /** Used when nobody names one; `undefined` when only the person can know. */
  defaultModel: string | undefined;
}

/**
 * Order matters: it is the order of a chain made from the environment, hosted providers first and a local
 * server last, so that falling through never sends to a hosted provider what was meant to stay on the machine.
 */
export const providerFacts: Record<ModelProvider, ProviderFacts> = {
  anthropic: {
    title: 'Anthropic',
    keyEnvs: ['ANTHROPIC_API_KEY'],
    keyRequired: true,
    baseUrlEnvs: ['ANTHROPIC_BASE_URL'],
    publicBaseUrl: 'https://api.anthropic.com/v1',
    apiPath: '/v1',
    modelEnvs: [],
    defaultModel: 'claude-sonnet-5-5',
  },
  openai: {
    title: 'OpenAI',
    keyEnvs: ['OPENAI_API_KEY'],
    keyRequired: true,
    baseUrlEnvs: ['OPENAI_BASE_URL'],
    publicBaseUrl: 'https://api.openai.com/v1',
    apiPath: '/v1',
    modelEnvs: [],
    defaultModel: 'gpt-6.1-sol',
  },
  google: {
    title: 'Google Gemini',
    keyEnvs: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY'],
    keyRequired: true,
    baseUrlEnvs: ['GOOGLE_GENERATIVE_AI_BASE_URL'],
    publicBaseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    apiPath: '/v1beta',
    modelEnvs: [],
    defaultModel: 'gemini-3.8-flash',
  },
  azure: {
    title: 'Azure OpenAI',
    keyEnvs: ['AZURE_API_KEY', 'AZURE_OPENAI_API_KEY'],
    keyRequired: true,
    baseUrlEnvs: ['AZURE_OPENAI_ENDPOINT'],
    publicBaseUrl: undefined,
    apiPath: '/openai',
    modelEnvs: ['AZURE_DEPLOYMENT', 'AZURE_OPENAI_DEPLOYMENT'],
    defaultModel: undefined,
  },
  'openai-compatible': {
    title: 'OpenAI-compatible server',
    keyEnvs: ['OPENAI_COMPATIBLE_API_KEY'],
    keyRequired: false,
    baseUrlEnvs: ['OPENAI_COMPATIBLE_BASE_URL'],
    publicBaseUrl: undefined,
    apiPath: '/v1',
    modelEnvs: ['OPENAI_COMPATIBLE_MODEL'],
    defaultModel: undefined,
  },
  ollama: {
    title: 'Ollama',
    keyEnvs: ['OLLAMA_API_KEY'],
    keyRequired: false,
    baseUrlEnvs: ['OLLAMA_BASE_URL', 'OLLAMA_HOST'],
    publicBaseUrl: 'http://127.0.0.1:11434',
    apiPath: '',
    modelEnvs: ['OLLAMA_MODEL'],
    defaultModel: 'qwen3:8b',
  },
};

/** Every variable that says which models there are and where: names only, for programs that must pass them on. */
export const modelVariables: readonly string[] = [
  'TROUPE_MODEL',
  ...Object.values(providerFacts).flatMap(({ keyEnvs, baseUrlEnvs, modelEnvs }) => [
    ...keyEnvs,
    ...baseUrlEnvs,
    ...modelEnvs,
  ]),
  'AZURE_RESOURCE_NAME',
];

/** The provider whose key this variable holds by convention. */
export function providerOfKeyEnv(variable: string): ModelProvider | undefined {
  const found = Object.entries(providerFacts).find(([, facts]) => facts.keyEnvs.includes(variable));
  return found?.[0] as ModelProvider | undefined;
}

/** The first of these variables that is set to something. */
export function firstSet(
  env: NodeJS.ProcessEnv,
  variables: readonly string[],
): { variable: string; value: string } | undefined {
  for (const variable of variables) {
    const value = env[variable]?.trim();
    if (value) return { variable, value };
  }
  return undefined;
}
