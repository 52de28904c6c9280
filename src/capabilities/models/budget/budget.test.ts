import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isAppError } from '../../../kernel/index.ts';
import type { ModelChainLink } from '../chain/model-chain.ts';
import { providerFacts } from '../chain/provider-facts.ts';
import { costOf, priceOf } from './cost.ts';
import { openJobBudget } from './job-budget.ts';
import { priceTable, pricesAsOf } from './price-table.ts';

const nowMs = Date.UTC(2026, 10, 21);
const sonnet: ModelChainLink = { provider: 'anthropic', model: 'claude-sonnet-5-5' };
const local: ModelChainLink = { provider: 'ollama', model: 'qwen3:8b' };
const used = (inputTokens: number, outputTokens: number, cacheReadTokens = 0, cacheWriteTokens = 0) => ({
  inputTokens,
  outputTokens,
  cacheReadTokens,
  cacheWriteTokens,
  estimated: false,
});
const plan = (link: ModelChainLink, inputTokens: number | undefined, maxOutputTokens: number) => ({
  link,
  inputTokens,
  maxOutputTokens,
  nowMs,
});

describe('prices', () => {
  it('[X12] are known for every default model, and dated', () => {
    assert.match(pricesAsOf, /^\d{4}-\d{2}-\d{2}$/);
    for (const [provider, { defaultModel }] of Object.entries(providerFacts)) {
      if (defaultModel === undefined) continue;
      const { source } = priceOf(
        { provider: provider as 'openai', model: defaultModel },
        { inputTokens: 1, nowMs },
      );
      assert.match(source, /table|local/, defaultModel);
    }
  });

  it('are positive, and never dearer when read from a cache', () => {
    for (const { model, rates, long } of priceTable) {
      for (const { input, output, cacheRead, cacheWrite } of [
        rates,
        ...(long === undefined ? [] : [long.rates]),
      ]) {
        assert.ok(0 < cacheRead && cacheRead <= input && input <= cacheWrite && input < output, model);
      }
    }
  });

  it('[X12] count each kind of token', () => {
    const cost = costOf(used(1_000_000, 100_000, 600_000, 200_000), sonnet, nowMs);
    assert.equal(cost.toFixed(4), (0.2 * 2 + 0.6 * 0.1 + 0.2 * 2.5 + 0.1 * 10).toFixed(4));
  });

  it('rise for long prompts and on their day', () => {
    const haiku: ModelChainLink = { provider: 'anthropic', model: 'claude-haiku-5-5' };
    assert.ok(costOf(used(100_001, 0), haiku, nowMs) > 4.9 * costOf(used(100_000, 0), haiku, nowMs));
    const flash: ModelChainLink = { provider: 'google', model: 'gemini-3.8-flash' };
    assert.equal(costOf(used(1_000_000, 0), flash, Date.UTC(2026, 11, 31)), 0.75);
    assert.equal(costOf(used(1_000_000, 0), flash, Date.UTC(2027, 0, 1)), 1.5);
  });

  it('of dated names, relayed names and deployments are those of the model', () => {
    const relayed: ModelChainLink = {
      provider: 'openai-compatible',
      model: 'openai/gpt-6-sol',
      baseUrl: 'https://relay.example/v1',
    };
    for (const link of [
      relayed,
      { provider: 'azure', model: 'gpt-6-sol' },
      { provider: 'openai', model: 'gpt-6-sol-2026-09-22' },
    ] as const) {
      assert.deepEqual(priceOf(link, { inputTokens: 1, nowMs }).rates.input, 2);
    }
  });

  it('[X12] of a model nobody knows are those of the dearest', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.nat(100_000),
        fc.constantFrom(...priceTable),
        (input, output, { provider, model }) => {
          const usage = used(input, output);
          const unknown = costOf(usage, { provider: 'openai', model: 'never-heard-of' }, nowMs);
          assert.ok(unknown >= costOf(usage, { provider, model }, nowMs));
        },
      ),
    );
  });

  it('are nothing on this machine, and what the person says where they say so', () => {
    assert.equal(costOf(used(1_000, 1_000), local, nowMs), 0);
    const compatible: ModelChainLink = {
      provider: 'openai-compatible',
      model: 'm',
      baseUrl: 'http://127.0.0.1:1/v1',
    };
    assert.equal(priceOf(compatible, { inputTokens: 1, nowMs }).source, 'local');
    assert.equal(costOf(used(1_000_000, 0), { ...compatible, price: { input: 0.4, output: 1 } }, nowMs), 0.4);
    assert.equal(
      priceOf({ ...sonnet, baseUrl: 'http://127.0.0.1:1/v1' }, { inputTokens: 1, nowMs }).source,
      'table',
    );
  });
});

describe('the budget of a job', () => {
  it('[X12] refuses the call that might go over the tokens, with figures, limit and setting', () => {
    const budget = openJobBudget({ maxTokens: 10_000 });
    budget.reserve(plan(local, 4_000, 1_000)).settle(used(4_000, 800));
    assert.throws(
      () => budget.reserve(plan(local, 5_000, 1_000)),
      (error) =>
        isAppError(error, 'models.budget_exceeded') &&
        /may need 6000 tokens.*used 4800 tokens of its 10000 tokens.*work\.max_tokens_per_job/.test(
          error.line,
        ),
    );
    budget.reserve(plan(local, 4_000, 1_000)).release();
  });

  it('[X12] refuses the call that might cost too much', () => {
    const budget = openJobBudget({ maxCostUsd: 0.1 });
    assert.throws(() => budget.reserve(plan(sonnet, 50_000, 8_000)), { code: 'models.budget_exceeded' });
    assert.equal(budget.reserve(plan(sonnet, 1_000, 1_000)).settle(used(1_000, 500)), 0.007);
  });

  it('[X12] says so when a price was unknown and counted as the dearest', () => {
    const budget = openJobBudget({ maxCostUsd: 0.1 });
    const unknown: ModelChainLink = { provider: 'openai', model: 'never-heard-of' };
    assert.throws(() => budget.reserve(plan(unknown, 1_000, 4_000)), {
      message: /counts as the dearest known one/,
      remedy: /Give the model its price in models\.chain.*work\.max_cost_usd_per_job/,
    });
  });

  it('[X12] stops a call whose cost cannot be computed', () => {
    const budget = openJobBudget({ maxCostUsd: 5 });
    for (const call of [plan(sonnet, undefined, 100), plan(sonnet, 10, Number.POSITIVE_INFINITY)]) {
      assert.throws(() => budget.reserve(call), {
        code: 'models.cost_unknown',
        message: /cannot be computed/,
      });
    }
    const broken = openJobBudget({ maxCostUsd: Number.NaN });
    assert.throws(() => broken.reserve(plan(sonnet, 10, 10)), { code: 'models.cost_unknown' });
    const nonsense: ModelChainLink = { ...sonnet, price: { input: Number.NaN, output: 1 } };
    assert.throws(() => budget.reserve(plan(nonsense, 10, 10)), { code: 'models.cost_unknown' });
    openJobBudget({})
      .reserve(plan(sonnet, undefined, 100))
      .release();
  });

  it('counts what a job had used before it was taken up again', () => {
    const budget = openJobBudget({
      maxTokens: 1_000,
      spent: { inputTokens: 700, outputTokens: 200, costUsd: 0.5 },
    });
    assert.throws(() => budget.reserve(plan(local, 100, 100)), { code: 'models.budget_exceeded' });
    assert.deepEqual(budget.spent(), { inputTokens: 700, outputTokens: 200, costUsd: 0.5, estimated: false });
  });

  it('[X12] is never overdrawn by any number of calls at once that keep to their reservation', () => {
    const call = fc.record({
      input: fc.nat(3_000),
      output: fc.nat(2_000),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      end: fc.constantFrom('settle', 'release', 'open'),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), fc.nat(20_000), (calls, maxTokens) => {
        const maxCostUsd = maxTokens / 200_000;
        const budget = openJobBudget({ maxTokens, maxCostUsd });
        for (const { input, output, share, end } of calls) {
          try {
            const reservation = budget.reserve(plan(sonnet, input, output));
            if (end === 'settle') reservation.settle(used(input, Math.floor(output * share)));
            if (end === 'release') reservation.release();
          } catch (error) {
            assert.ok(isAppError(error, 'models.budget_exceeded'));
          }
        }
        const spent = budget.spent();
        assert.ok(spent.inputTokens + spent.outputTokens <= maxTokens);
        assert.ok(spent.costUsd <= maxCostUsd + 1e-9);
      }),
    );
  });

  it('books a call that used more than was set aside, and stops the next one', () => {
    const budget = openJobBudget({ maxTokens: 1_000 });
    budget.reserve(plan(local, 100, 100)).settle(used(900, 300));
    assert.throws(() => budget.reserve(plan(local, 1, 1)), { code: 'models.budget_exceeded' });
  });
});
