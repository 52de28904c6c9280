/** US dollars for one million tokens. */
export interface Rates {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}

export interface PriceEntry {
  provider: 'anthropic' | 'openai' | 'google';
  /** The provider's name; a dated variant (`name-2026-01-31`) has the same price. */
  model: string;
  /** First day it holds, UTC; left out for a price that holds already. */
  from?: string;
  rates: Rates;
  /** Rates for the whole call when its input is longer than this many tokens. */
  long?: { aboveTokens: number; rates: Rates };
}

/** The day these prices were compared with a published package of price data and with other third-party pages. */
export const pricesAsOf = '2026-11-21';

const anthropic = (model: string, input: number, output: number, cacheRead: number): PriceEntry => ({
  provider: 'anthropic',
  model,
  rates: { input, output, cacheRead, cacheWrite: input * 1.25 },
});

/** Above 272,000 input tokens input and cache cost twice, output one and a half times as much. */
const openaiTiered = (
  model: string,
  input: number,
  output: number,
  cacheRead: number,
  cacheWrite = input,
): PriceEntry => ({
  provider: 'openai',
  model,
  rates: { input, output, cacheRead, cacheWrite },
  long: {
    aboveTokens: 272_000,
    rates: { input: input * 2, output: output * 1.5, cacheRead: cacheRead * 2, cacheWrite: cacheWrite * 2 },
  },
});

const flat = (
  provider: 'openai' | 'google',
  model: string,
  input: number,
  output: number,
  cacheRead: number,
  from?: string,
): PriceEntry => ({
  provider,
  model,
  ...(from === undefined ? {} : { from }),
  rates: { input, output, cacheRead, cacheWrite: input },
});

const geminiTiered = (model: string, short: readonly number[], long: readonly number[]): PriceEntry => ({
  provider: 'google',
  model,
  rates: { input: short[0]!, output: short[1]!, cacheRead: short[2]!, cacheWrite: short[0]! },
  long: {
    aboveTokens: 200_000,
    rates: { input: long[0]!, output: long[1]!, cacheRead: long[2]!, cacheWrite: long[0]! },
  },
});

/** Standard tier, text. A later entry of the same model replaces an earlier one from its day on. */
export const priceTable: readonly PriceEntry[] = [
  anthropic('claude-fable-5', 10, 50, 1),
  anthropic('claude-fable-5-1', 10, 50, 0.25),
  anthropic('claude-fable-5-2', 8, 40, 0.2),
  anthropic('claude-opus-4-1', 15, 75, 1.5),
  anthropic('claude-opus-4-5', 5, 25, 0.5),
  anthropic('claude-opus-4-6', 5, 25, 0.5),
  anthropic('claude-opus-4-7', 5, 25, 0.5),
  anthropic('claude-opus-4-8', 5, 25, 0.5),
  anthropic('claude-opus-5', 5, 25, 0.5),
  anthropic('claude-opus-5-5', 4, 20, 0.2),
  {
    ...anthropic('claude-sonnet-4-5', 3, 15, 0.3),
    long: { aboveTokens: 200_000, rates: { input: 6, output: 22.5, cacheRead: 0.6, cacheWrite: 7.5 } },
  },
  anthropic('claude-sonnet-4-6', 3, 15, 0.3),
  anthropic('claude-sonnet-5', 2, 10, 0.2),
  anthropic('claude-sonnet-5-5', 2, 10, 0.1),
  anthropic('claude-haiku-4-5', 1, 5, 0.1),
  {
    ...anthropic('claude-haiku-5-5', 0.1, 0.5, 0.01),
    long: { aboveTokens: 100_000, rates: { input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 } },
  },
  flat('openai', 'gpt-4.1', 2, 8, 0.5),
  flat('openai', 'gpt-4.1-mini', 0.4, 1.6, 0.1),
  flat('openai', 'gpt-4o', 2.5, 10, 1.25),
  flat('openai', 'gpt-4o-mini', 0.15, 0.6, 0.075),
  flat('openai', 'gpt-5', 1.25, 10, 0.125),
  flat('openai', 'gpt-5-mini', 0.25, 2, 0.025),
  flat('openai', 'gpt-5.1', 1.25, 10, 0.125),
  flat('openai', 'gpt-5.2', 1.75, 14, 0.175),
  openaiTiered('gpt-5.4', 2.5, 15, 0.25),
  flat('openai', 'gpt-5.4-mini', 0.75, 4.5, 0.075),
  openaiTiered('gpt-5.5', 5, 30, 0.5),
  openaiTiered('gpt-5.5-pro', 30, 180, 30),
  openaiTiered('gpt-5.6-sol', 4, 20, 0.4, 5),
  openaiTiered('gpt-5.6-terra', 2, 12, 0.2, 2.5),
  openaiTiered('gpt-5.6-luna', 0.2, 1.2, 0.02, 0.25),
  openaiTiered('gpt-6-astra', 10, 50, 1, 12.5),
  openaiTiered('gpt-6-sol', 2, 10, 0.2, 2.5),
  openaiTiered('gpt-6-luna', 0.1, 0.5, 0.01, 0.125),
  openaiTiered('gpt-6.1-sol', 2, 10, 0.1, 2.5),
  openaiTiered('gpt-6.1-terra', 1, 5, 0.05, 1.25),
  flat('google', 'gemini-2.5-flash', 0.3, 2.5, 0.03),
  flat('google', 'gemini-2.5-flash-lite', 0.1, 0.4, 0.01),
  geminiTiered('gemini-2.5-pro', [1.25, 10, 0.125], [2.5, 15, 0.25]),
  flat('google', 'gemini-3-flash-preview', 0.5, 3, 0.05),
  geminiTiered('gemini-3.1-pro-preview', [2, 12, 0.2], [4, 18, 0.4]),
  flat('google', 'gemini-3.5-flash', 1.5, 9, 0.15),
  flat('google', 'gemini-3.5-flash-lite', 0.3, 2.5, 0.03),
  flat('google', 'gemini-3.6-flash', 0.75, 3.75, 0.075),
  flat('google', 'gemini-3.6-flash', 1.5, 7.5, 0.15, '2027-01-01'),
  flat('google', 'gemini-3.7-flash', 0.75, 3.75, 0.075),
  flat('google', 'gemini-3.7-flash', 1.5, 7.5, 0.15, '2027-01-01'),
  flat('google', 'gemini-3.8-flash', 0.75, 3.75, 0.075),
  flat('google', 'gemini-3.8-flash', 1.5, 7.5, 0.15, '2027-01-01'),
  flat('google', 'gemini-4-argon', 2, 10, 0.1),
  flat('google', 'gemini-4-argon', 4, 20, 0.2, '2026-12-01'),
];
