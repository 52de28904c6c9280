import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isAppError } from '../../../kernel/index.ts';
import { openJobBudget } from '../budget/job-budget.ts';
import { modelErrors } from '../errors.ts';
import { steppedClock } from '../stepped-clock-fixture.ts';
import { afterFailure } from './after-failure.ts';
import { callContext } from './call-context.ts';
import { defaultModelLimits } from './call-limits.ts';
import { startWalk } from './chain-walk.ts';
import { openCircuitBreaker } from './circuit-breaker.ts';
import { walkChain } from './walk-chain.ts';

const failures = {
  overloaded: (link: string) => modelErrors.make('models.overloaded', { link, status: 500 }),
  limited: (link: string) =>
    modelErrors.make('models.rate_limited', { link, status: 429 }, { retryAfterMs: 5_000 }),
  limitedLong: (link: string) =>
    modelErrors.make('models.rate_limited', { link, status: 429 }, { retryAfterMs: 9e9 }),
  credit: (link: string) => modelErrors.make('models.out_of_credit', { link, provider: 'p', variable: 'V' }),
  refused: (link: string) => modelErrors.make('models.request_refused', { link, status: 400, said: '.' }),
  key: (link: string) =>
    modelErrors.make('models.key_refused', { link, provider: 'p', variable: 'V', status: 401 }),
};
type Outcome = keyof typeof failures | 'ok';
const outcomes: Outcome[] = ['ok', ...(Object.keys(failures) as Outcome[])];
const repeated = new Set<Outcome>(['overloaded', 'limited']);
const final = new Set<Outcome>(['refused', 'key']);

/** How many attempts each link gets, and how it ends, told in the words of the promise. */
function expected(plan: readonly (readonly Outcome[])[]): {
  attempts: number[];
  ends: 'ok' | 'stopped' | 'exhausted';
} {
  const attempts = plan.map(() => 0);
  for (const [link, results] of plan.entries()) {
    for (const result of results.slice(0, 3)) {
      attempts[link]! += 1;
      if (result === 'ok') return { attempts, ends: 'ok' };
      if (final.has(result)) return { attempts, ends: 'stopped' };
      if (!repeated.has(result)) break;
    }
  }
  return { attempts, ends: 'exhausted' };
}

describe('walking the chain', () => {
  it('[X2] tries each model at most three times, in order, and stops at what a retry cannot fix', async () => {
    const link = fc.array(fc.constantFrom(...outcomes), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(link, { minLength: 1, maxLength: 4 }), async (plan) => {
        const clock = steppedClock({ skipsSleep: true });
        const links = plan.map((_, index) => ({
          provider: 'ollama' as const,
          model: `m${index}`,
          baseUrl: `http://h${index}`,
        }));
        const options = {
          chain: { links, fingerprint: 'f', label: 'l' },
          env: {},
          limits: defaultModelLimits,
          clock,
          budget: openJobBudget({}),
          random: () => 0,
        };
        const context = callContext(options, openCircuitBreaker(clock), { prompt: [] });
        const attempts = plan.map(() => 0);
        const walk = walkChain(startWalk(), context, async ({ model }) => {
          const index = Number(model.slice(1));
          const outcome = plan[index]![attempts[index]!]!;
          attempts[index]! += 1;
          if (outcome !== 'ok') throw failures[outcome](model);
          return model;
        });
        const ends = await walk.then(
          () => 'ok',
          (error: unknown) => {
            assert.ok(isAppError(error));
            const stopped = ['models.request_refused', 'models.key_refused'].includes(error.code);
            if (!stopped && plan.length > 1) assert.equal(error.code, 'models.chain_exhausted');
            return stopped ? 'stopped' : 'exhausted';
          },
        );
        assert.deepEqual({ attempts, ends }, expected(plan));
      }),
    );
  });

  it('waits one and two seconds, a quarter more or less, and never shorter than it was asked to', () => {
    fc.assert(
      fc.property(
        fc.nat(1),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.nat(30_000),
        (attempt, random, askedMs) => {
          const error = modelErrors.make(
            'models.rate_limited',
            { link: 'l', status: 429 },
            { retryAfterMs: askedMs },
          );
          const next = afterFailure(error, attempt, defaultModelLimits, random);
          assert.equal(next.move, 'retry');
          const delayMs = next.move === 'retry' ? next.delayMs : 0;
          const ownMs = 1_000 * 2 ** attempt;
          assert.ok(
            delayMs >= askedMs && delayMs >= 0.75 * ownMs && delayMs <= Math.max(askedMs, 1.25 * ownMs),
          );
        },
      ),
    );
  });
});
