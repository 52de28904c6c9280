/** Who serves a model, and therefore which protocol is spoken. */
export const modelProviders = [
  'anthropic',
  'openai',
  'google',
  'azure',
  'openai-compatible',
  'ollama',
] as const;

/** One of `modelProviders`. */
export type ModelProvider = (typeof modelProviders)[number];

/** One model of a chain. Holds the name of the variable with the key, never the key. */
export interface ModelChainLink {
  provider: ModelProvider;
  /** The provider's own name of the model; for Azure the deployment. */
  model: string;
  /** Root of the API, without a trailing slash; `undefined` means the provider's public one. */
  baseUrl?: string | undefined;
  /** Environment variable that holds the key; `undefined` when the server asks for none. */
  keyEnv?: string | undefined;
  /** Most tokens of one answer, thinking included. */
  maxOutputTokens?: number | undefined;
  /** Sampling temperature; left out, the provider's default holds (several current models accept no other). */
  temperature?: number | undefined;
  /** Size of the context window in tokens, asked for on servers that let the caller choose (Ollama). */
  contextTokens?: number | undefined;
  /** US dollars for one million tokens; goes before the price table. */
  price?: { input: number; output: number } | undefined;
}

/** The ordered models of one caller. Safe to store and to show. */
export interface ModelChain {
  /** First choice first; empty means the offline reviewer. */
  links: readonly ModelChainLink[];
  /** '' when offline; otherwise equal for equal links, servers and keys, and for nothing else. */
  fingerprint: string;
  /** `anthropic/claude-…`, several joined by ` > `, or `offline reviewer`. */
  label: string;
}

/** The label of an empty chain. */
export const offlineLabel = 'offline reviewer';

/** `anthropic/claude-…` */
export function labelOf(link: Pick<ModelChainLink, 'provider' | 'model'>): string {
  return `${link.provider}/${link.model}`;
}
