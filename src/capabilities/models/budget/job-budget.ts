import { labelOf, type ModelChainLink } from '../chain/model-chain.ts';
import { modelErrors } from '../errors.ts';
import { costOf, priceOf } from './cost.ts';
import type { CallUsage } from './usage.ts';

/** What a call may use at most. */
export interface PlannedCall {
  link: ModelChainLink;
  /** `undefined` when it cannot be told. */
  inputTokens: number | undefined;
  maxOutputTokens: number;
  /** Milliseconds since 1970, for the price of the day. */
  nowMs: number;
}

/** Room set aside for one call. Exactly one of the two is called at its end; further calls do nothing. */
export interface Reservation {
  /** Books what the call really used, and returns its cost in US dollars. */
  settle(usage: CallUsage): number;
  /** The call was not made or not billed. */
  release(): void;
}

/** Spending of one job: tokens of all turns and their cost. */
export interface JobBudget {
  /**
   * Sets room aside for a call before it is made.
   * Guarantee: what is settled and reserved together never exceeds a limit, however many calls run at once;
   * a call that uses more than was reserved is booked in full and stops the next one.
   * Errors: `models.budget_exceeded`, `models.cost_unknown`.
   */
  reserve(call: PlannedCall): Reservation;
  spent(): { inputTokens: number; outputTokens: number; costUsd: number; estimated: boolean };
}

export interface JobBudgetOptions {
  /** Input and output of all turns; `undefined` for no limit. */
  maxTokens?: number | undefined;
  /** US dollars; `undefined` for no limit. */
  maxCostUsd?: number | undefined;
  /** What finished turns used already, when a job is taken up again. */
  spent?: { inputTokens: number; outputTokens: number; costUsd: number } | undefined;
}

export const budgetSettings = {
  maxTokens: 'work.max_tokens_per_job',
  maxCostUsd: 'work.max_cost_usd_per_job',
};

/** Opens the budget of one job. Limits are numbers of 0 and more; anything else stops the first call. */
export function openJobBudget(options: JobBudgetOptions): JobBudget {
  const { maxTokens, maxCostUsd } = options;
  const spent = { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false, ...options.spent };
  const held = { tokens: 0, costUsd: 0 };

  return {
    reserve({ link, inputTokens, maxOutputTokens, nowMs }) {
      const name = labelOf(link);
      const tokens = (inputTokens ?? 0) + maxOutputTokens;
      const usage = {
        inputTokens: inputTokens ?? 0,
        cacheReadTokens: 0,
        cacheWriteTokens: inputTokens ?? 0,
        outputTokens: maxOutputTokens,
      };
      // The first turn writes the cache, which is the dearest kind of input.
      const costUsd = Math.max(
        costOf(usage, link, nowMs),
        costOf({ ...usage, cacheWriteTokens: 0 }, link, nowMs),
      );

      if (maxCostUsd !== undefined) {
        const why = whyUnknown(inputTokens, maxOutputTokens, costUsd, maxCostUsd);
        if (why !== undefined) {
          const setting = budgetSettings.maxCostUsd;
          throw modelErrors.make('models.cost_unknown', { link: name, why, limit: maxCostUsd, setting });
        }
        refuseOver('usd', {
          spent: spent.costUsd + held.costUsd,
          needed: costUsd,
          limit: maxCostUsd,
          link: name,
          priceKnown: priceOf(link, { inputTokens: usage.inputTokens, nowMs }).source !== 'dearest-known',
        });
      }
      if (maxTokens !== undefined) {
        const used = spent.inputTokens + spent.outputTokens + held.tokens;
        refuseOver('tokens', { spent: used, needed: tokens, limit: maxTokens, link: name, priceKnown: true });
      }

      held.tokens += tokens;
      held.costUsd += costUsd;
      let open = true;
      const close = () => {
        if (!open) return false;
        open = false;
        held.tokens -= tokens;
        held.costUsd -= costUsd;
        return true;
      };
      return {
        settle(actual) {
          const actualUsd = costOf(actual, link, nowMs);
          if (!close()) return actualUsd;
          spent.inputTokens += actual.inputTokens;
          spent.outputTokens += actual.outputTokens;
          spent.costUsd += actualUsd;
          spent.estimated ||= actual.estimated;
          return actualUsd;
        },
        release: () => void close(),
      };
    },
    spent: () => ({ ...spent }),
  };
}

function whyUnknown(
  inputTokens: number | undefined,
  maxOutputTokens: number,
  costUsd: number,
  limit: number,
): string | undefined {
  if (inputTokens === undefined) return 'it holds files whose tokens cannot be told before';
  if (!Number.isSafeInteger(maxOutputTokens)) return 'the length of its answer has no limit';
  if (!Number.isFinite(costUsd) || costUsd < 0) return 'its price is not a number';
  return Number.isFinite(limit) ? undefined : 'the limit is not a number';
}

function refuseOver(
  unit: 'tokens' | 'usd',
  facts: { spent: number; needed: number; limit: number; link: string; priceKnown: boolean },
): void {
  if (facts.spent + facts.needed <= facts.limit) return;
  const setting = unit === 'usd' ? budgetSettings.maxCostUsd : budgetSettings.maxTokens;
  throw modelErrors.make('models.budget_exceeded', { ...facts, unit, setting });
}
