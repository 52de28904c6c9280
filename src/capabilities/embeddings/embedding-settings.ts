/** What this capability needs of the settings; the settings loader's `embeddings` satisfies it. */
export interface EmbeddingSettings {
  model: 'built-in' | 'onnx' | 'ollama' | 'openai-compatible' | 'off';
  name?: string | undefined;
  path?: string | undefined;
  baseUrl?: string | undefined;
  keyEnv?: string | undefined;
  textsPerRequest: number;
  idleMs: number;
  callTimeoutMs: number;
}
