export type { Embedder, EmbeddingKind } from './embedder.ts';
export type { EmbeddingSettings } from './embedding-settings.ts';
export { openEmbedder } from './open-embedder.ts';
export type { EmbedderOptions } from './open-embedder.ts';
