import { isLoopback } from '../chain/base-url.ts';
import type { ModelChainLink } from '../chain/model-chain.ts';
import { priceTable, type PriceEntry, type Rates } from './price-table.ts';
import type { CallUsage } from './usage.ts';

/** Where a price comes from: what was agreed with the person, the table, a model on this machine, or the dearest one. */
export type PriceSource = 'configured' | 'table' | 'local' | 'dearest-known';

/** Rates in US dollars for one million tokens, and how sure they are. */
export interface Price {
  rates: Rates;
  source: PriceSource;
}

const free: Rates = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

/**
 * The rates of a call with so many input tokens at that time (milliseconds since 1970).
 * A model nobody knows the price of counts as the dearest of the table.
 */
export function priceOf(link: ModelChainLink, call: { inputTokens: number; nowMs: number }): Price {
  if (link.price !== undefined) {
    const { input, output } = link.price;
    return { rates: { input, output, cacheRead: input, cacheWrite: input }, source: 'configured' };
  }
  if (
    link.provider === 'ollama' ||
    (link.baseUrl !== undefined && isLoopback(link.baseUrl) && !isHosted(link))
  ) {
    return { rates: free, source: 'local' };
  }
  const entry = entryOf(link, call.nowMs);
  if (entry === undefined) return { rates: dearest(call), source: 'dearest-known' };
  return { rates: ratesFor(entry, call.inputTokens), source: 'table' };
}

/** What a call cost, in US dollars. */
export function costOf(
  usage: Pick<CallUsage, 'inputTokens' | 'cacheReadTokens' | 'cacheWriteTokens' | 'outputTokens'>,
  link: ModelChainLink,
  nowMs: number,
): number {
  const { rates } = priceOf(link, { inputTokens: usage.inputTokens, nowMs });
  const plain = usage.inputTokens - usage.cacheReadTokens - usage.cacheWriteTokens;
  const total =
    plain * rates.input +
    usage.cacheReadTokens * rates.cacheRead +
    usage.cacheWriteTokens * rates.cacheWrite +
    usage.outputTokens * rates.output;
  return total / 1_000_000;
}

/** These bill for every call, also through a relay on this machine. */
function isHosted(link: ModelChainLink): boolean {
  return link.provider !== 'openai-compatible';
}

function entryOf(link: ModelChainLink, nowMs: number): PriceEntry | undefined {
  // Relays name models `vendor/model`, Azure people name deployments after the model.
  const name = link.model.toLowerCase().split('/').at(-1)!;
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const undated = name.replace(/-(\d{4}-\d{2}-\d{2}|\d{8})$/, '');
  return priceTable.findLast(
    (entry) =>
      (entry.model === name || entry.model === undated) && (entry.from === undefined || entry.from <= today),
  );
}

function ratesFor(entry: PriceEntry, inputTokens: number): Rates {
  return entry.long !== undefined && inputTokens > entry.long.aboveTokens ? entry.long.rates : entry.rates;
}

/** For each kind of token the highest rate of the table, whichever model has it. */
function dearest({ inputTokens }: { inputTokens: number }): Rates {
  const all = priceTable.map((entry) => ratesFor(entry, inputTokens));
  const highest = (kind: keyof Rates) => Math.max(...all.map((rates) => rates[kind]));
  return {
    input: highest('input'),
    output: highest('output'),
    cacheRead: highest('cacheRead'),
    cacheWrite: highest('cacheWrite'),
  };
}
