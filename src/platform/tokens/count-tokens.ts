import type { BytePairEncoder } from './byte-pair-encoder.ts';

/** The tokenizer behind every figure in tokens: OpenAI's, exact for its models and a close estimate for others. */
export const tokenizerName = 'o200k_base';

let loading: Promise<BytePairEncoder> | undefined;

/**
 * Counts the tokens of a text with `o200k_base`. The vocabulary (2 MB) is loaded at the first call and kept.
 * Exact for runs of up to 512 bytes without a break; above that at most one too many for each 512 bytes.
 */
export async function countTokens(text: string): Promise<number> {
  const encoder = await loadTokenCounter();
  return encoder.count(text);
}

/** The counter itself, for callers that count many texts in a loop. */
export function loadTokenCounter(): Promise<{ count(text: string): number }> {
  loading ??= load();
  return loading;
}

async function load(): Promise<BytePairEncoder> {
  const [{ BytePairEncoder }, { default: vocabulary }] = await Promise.all([
    import('./byte-pair-encoder.ts'),
    import('js-tiktoken/ranks/o200k_base'),
  ]);
  return new BytePairEncoder(vocabulary);
}
