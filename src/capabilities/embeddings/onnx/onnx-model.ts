import type { ModelFamily } from '../catalogue/model-family.ts';

/** A model in files on this machine, ready for the thread. */
export interface OnnxModel extends ModelFamily {
  label: string;
  modelFile: string;
  tokenizerFile: string;
}

/** Most tokens of one text, start and end included. */
export const maxTokens = 512;
