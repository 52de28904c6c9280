import type { Clock } from '../../kernel/index.ts';
import { openBuiltInEmbedder } from './built-in/open-built-in.ts';
import type { Embedder } from './embedder.ts';
import type { EmbeddingSettings } from './embedding-settings.ts';

export interface EmbedderOptions {
  settings: EmbeddingSettings;
  env: NodeJS.ProcessEnv;
  /** Where `troupe models pull` puts models. */
  modelsFolder: string;
  clock: Clock;
}

/** Opens the embedder that the settings name; `undefined` when embeddings are off. Loads nothing before the first text. */
export async function openEmbedder(options: EmbedderOptions): Promise<Embedder | undefined> {
  if (options.settings.model === 'off') return undefined;
  return Promise.resolve(openBuiltInEmbedder());
}
