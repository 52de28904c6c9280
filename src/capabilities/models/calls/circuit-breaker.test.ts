import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { steppedClock } from '../stepped-clock-fixture.ts';
import { openCircuitBreaker, type Passage } from './circuit-breaker.ts';

const limits = { breakerFailures: 3, breakerOpenMs: 1_000 };

/** What the breaker promises, written down the plainest way. */
class Model {
  failures = 0;
  openUntil: number | undefined;
  probing = false;
  now = 0;
  mayEnter(): boolean {
    return this.openUntil === undefined || (this.now >= this.openUntil && !this.probing);
  }
}

describe('the circuit breaker', () => {
  it('follows closed, open and half-open whatever happens', () => {
    const move = fc.oneof(
      fc.constant({ do: 'enter' as const }),
      fc.record({
        do: fc.constantFrom('begin' as const, 'succeed' as const, 'fail' as const, 'abandon' as const),
        which: fc.nat(3),
      }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 500, 999, 1_000, 5_000) }),
    );
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        const clock = steppedClock();
        const breaker = openCircuitBreaker(clock);
        const model = new Model();
        const open: Passage[] = [];
        for (const step of moves) {
          if (step.do === 'wait') {
            clock.step(step.ms);
            model.now += step.ms;
          } else if (step.do === 'enter') {
            const passage = breaker.enter('server', limits);
            assert.equal(!('closedForMs' in passage), model.mayEnter());
            if ('closedForMs' in passage) continue;
            if (model.openUntil !== undefined) model.probing = true;
            open.push(passage);
          } else {
            if (step.do === 'begin') {
              if (open[step.which] === undefined) continue;
              open[step.which]!.begun();
              model.openUntil = undefined;
              model.probing = false;
              continue;
            }
            const [passage] = open.splice(step.which, 1);
            if (passage === undefined) continue;
            model.probing = false;
            if (step.do === 'abandon') passage.abandoned();
            else if (step.do === 'succeed') {
              passage.succeeded();
              model.failures = 0;
              model.openUntil = undefined;
            } else {
              model.failures += 1;
              const opens = model.failures >= limits.breakerFailures;
              assert.equal(passage.failed('why'), opens);
              if (opens) model.openUntil = model.now + limits.breakerOpenMs;
            }
          }
        }
      }),
    );
  });

  it('counts each call once and each model by itself', () => {
    const breaker = openCircuitBreaker(steppedClock());
    const passage = breaker.enter('a', { breakerFailures: 2, breakerOpenMs: 1 }) as Passage;
    assert.equal(passage.failed('why'), false);
    assert.equal(passage.failed('why'), false);
    assert.ok(!('closedForMs' in breaker.enter('a', limits)));
    assert.ok(!('closedForMs' in breaker.enter('b', limits)));
  });
});
