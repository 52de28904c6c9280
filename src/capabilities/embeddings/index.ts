export type { Embedder, EmbeddingKind } from './embedder.ts';
export type { EmbeddingSettings } from './embedding-settings.ts';
export { embeddingErrors } from './errors.ts';
export { inspectEmbedder } from './inspect-embedder.ts';
export { openEmbedder } from './open-embedder.ts';
export type { EmbedderOptions } from './open-embedder.ts';
export { userModelsFolder } from './models-folder.ts';
export { pullModel } from './pull/pull-model.ts';
export type { PullOptions, PullProgress } from './pull/pull-model.ts';
