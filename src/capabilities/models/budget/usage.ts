import type { LanguageModelV4Usage } from '@ai-sdk/provider';

/** Tokens of one call, whatever the provider calls them. */
export interface CallUsage {
  /** All input, cached or not. */
  inputTokens: number;
  /** The part of the input read from a cache. */
  cacheReadTokens: number;
  /** The part of the input written to a cache. */
  cacheWriteTokens: number;
  /** All output, thinking included. */
  outputTokens: number;
  /** The provider did not say, or said something impossible: input, output or both are our guess. */
  estimated: boolean;
}

/** Reads a provider's usage; what is missing or impossible is replaced by the estimate and marked. */
export function readUsage(
  usage: LanguageModelV4Usage | undefined,
  estimate: { inputTokens: number; outputTokens: number },
): CallUsage {
  const input = count(usage?.inputTokens.total);
  const output = count(usage?.outputTokens.total);
  // No call has an empty prompt: zero means that nobody counted.
  const inputTokens = input === undefined || input === 0 ? estimate.inputTokens : input;
  const outputTokens =
    output === undefined || (output === 0 && estimate.outputTokens > 0) ? estimate.outputTokens : output;
  const cacheReadTokens = Math.min(count(usage?.inputTokens.cacheRead) ?? 0, inputTokens);
  const cacheWriteTokens = Math.min(count(usage?.inputTokens.cacheWrite) ?? 0, inputTokens - cacheReadTokens);
  const estimated = inputTokens !== input || outputTokens !== output;
  return { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, estimated };
}

/** The same as a provider would have said it. */
export function toProviderUsage(usage: CallUsage): LanguageModelV4Usage {
  const noCache = usage.inputTokens - usage.cacheReadTokens - usage.cacheWriteTokens;
  return {
    inputTokens: {
      total: usage.inputTokens,
      noCache,
      cacheRead: usage.cacheReadTokens,
      cacheWrite: usage.cacheWriteTokens,
    },
    outputTokens: { total: usage.outputTokens, text: undefined, reasoning: undefined },
  };
}

function count(value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
