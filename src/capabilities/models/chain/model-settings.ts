/** One entry of `models.chain` as it is written in configuration. */
export interface ModelLinkSettings {
  provider: string;
  model?: string | undefined;
  /** Only from flags, environment or user configuration. */
  base_url?: string | undefined;
  /** Only from flags, environment or user configuration. */
  key_env?: string | undefined;
  max_output_tokens?: number | undefined;
  temperature?: number | undefined;
  context_tokens?: number | undefined;
  /** US dollars for one million tokens. */
  price?: { input: number; output: number } | undefined;
}

/** What this capability needs of the settings; the settings loader's `models` satisfies it. */
export interface ModelSettings {
  chain?: readonly ModelLinkSettings[] | undefined;
}
