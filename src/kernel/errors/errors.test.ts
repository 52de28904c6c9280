import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AppError, defineErrors, isAppError, kernelErrors, toAppError } from '../index.ts';
import { errorCategories } from '../contract/index.ts';

const parcelErrors = defineErrors({
  'parcels.too_heavy': {
    category: 'limited',
    message: (facts: { weightKg: number; limitKg: number }) =>
      `The parcel weighs ${facts.weightKg} kg; the limit is ${facts.limitKg} kg.`,
    remedy: (facts: { limitKg: number }) => `Split it into parcels of at most ${facts.limitKg} kg.`,
  },
  'parcels.desk_closed': {
    category: 'unavailable',
    retryable: true,
    message: (facts: { opensAt: string }) => `The desk opens at ${facts.opensAt}.`,
    remedy: 'Come again.',
  },
});

describe('a catalogue of errors', () => {
  it('builds message, remedy and details from the facts', () => {
    const error = parcelErrors.make('parcels.too_heavy', { weightKg: 40, limitKg: 30 });
    assert.ok(error instanceof AppError && error instanceof Error);
    assert.deepEqual(error.toWire(), {
      code: 'parcels.too_heavy',
      category: 'limited',
      message: 'The parcel weighs 40 kg; the limit is 30 kg.',
      remedy: 'Split it into parcels of at most 30 kg.',
      details: { weightKg: 40, limitKg: 30 },
      retryable: false,
    });
    assert.equal(error.line, `parcels.too_heavy: ${error.message} ${error.remedy}`);
  });

  it('carries whether and when to call again, and what caused it; the wire has no cause', () => {
    const cause = new Error('the key is with somebody else');
    const error = parcelErrors.make(
      'parcels.desk_closed',
      { opensAt: '09:00' },
      { cause, retryAfterMs: 500 },
    );
    assert.equal(error.cause, cause);
    const wire = error.toWire();
    assert.equal(wire.retryable, true);
    assert.equal(wire.retry_after_ms, 500);
    assert.ok(!JSON.stringify(wire).includes('somebody else'));
  });

  it('takes exactly the facts of the code, or does not compile', () => {
    // Never called: the compiler is the one who is asked.
    const refused = () => [
      // @ts-expect-error a code of another catalogue
      parcelErrors.make('letters.lost', { opensAt: '09:00' }),
      // @ts-expect-error the facts of another code
      parcelErrors.make('parcels.too_heavy', { opensAt: '09:00' }),
      // @ts-expect-error a fact of the wrong type
      parcelErrors.make('parcels.desk_closed', { opensAt: 9 }),
    ];
    assert.equal(typeof refused, 'function');
    assert.deepEqual(parcelErrors.codes, ['parcels.too_heavy', 'parcels.desk_closed']);
  });

  it('keeps its facts when the object they came in changes later', () => {
    const facts = { weightKg: 40, limitKg: 30 };
    const error = parcelErrors.make('parcels.too_heavy', facts);
    facts.weightKg = 1;
    assert.deepEqual(error.details, { weightKg: 40, limitKg: 30 });
  });
});

describe('anything thrown', () => {
  it('passes unchanged when it is an AppError', () => {
    const error = parcelErrors.make('parcels.desk_closed', { opensAt: '09:00' });
    assert.equal(toAppError(error), error);
    assert.ok(isAppError(error, 'parcels.desk_closed'));
    assert.ok(!isAppError(error, 'parcels.too_heavy'));
  });

  it('becomes internal.unexpected with the original as cause', () => {
    for (const thrown of [new TypeError('x is undefined'), 'a text', undefined, null, { code: 'EPIPE' }]) {
      const error = toAppError(thrown);
      assert.equal(error.code, 'internal.unexpected');
      assert.equal(error.category, 'internal');
      assert.equal(error.cause, thrown);
    }
    assert.match(toAppError(new TypeError('x is undefined')).message, /x is undefined/);
  });

  it('has a category that the doors know', () => {
    for (const { category } of Object.values(kernelErrors.definitions)) {
      assert.ok(errorCategories.includes(category));
    }
  });
});
