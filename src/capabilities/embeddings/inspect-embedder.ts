import { builtInModel } from './built-in/built-in-model.ts';
import { installedOnnxRuntime } from './onnx/onnx-runtime.ts';
import { onnxModelOf, openEmbedder, type EmbedderOptions } from './open-embedder.ts';

/** What turns texts into vectors here. */
export interface EmbedderInspection {
  kind: EmbedderOptions['settings']['model'];
  /** For people; empty when embeddings are off. */
  label: string;
  /** What it was found to do or to run on, in a few words; empty where nothing is to be said. */
  note: string;
}

/**
 * Whether the embedder that the settings name can be opened: its files and its runtime are there. No model is loaded here;
 * only a server is asked for one vector, since nothing else tells whether its model gives any.
 * Errors: as `openEmbedder`, and `embeddings.runtime_missing`.
 */
export async function inspectEmbedder(options: EmbedderOptions): Promise<EmbedderInspection> {
  const { settings } = options;
  const kind = settings.model;
  switch (kind) {
    case 'off':
      return { kind, label: '', note: '' };
    case 'built-in':
      return { kind, label: builtInModel.label, note: '' };
    case 'onnx': {
      const { label } = (await onnxModelOf(options)).model;
      return { kind, label, note: `runs on ${installedOnnxRuntime(label)}` };
    }
    case 'ollama':
    case 'openai-compatible': {
      const embedder = (await openEmbedder(options))!;
      await embedder.close();
      return { kind, label: embedder.label, note: `answers with ${embedder.dimensions} numbers` };
    }
  }
}
