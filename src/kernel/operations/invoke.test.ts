import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { defineErrors, invoke, isAppError, operationsOf, type Call } from '../index.ts';

const parcelErrors = defineErrors({
  'parcels.not_found': {
    category: 'not-found',
    message: (facts: { label: string }) => `There is no parcel ${facts.label}.`,
    remedy: 'List the parcels.',
  },
});

const weighParcel = operationsOf<{ weights: ReadonlyMap<string, number> }>()({
  name: 'parcels.weigh',
  summary: 'Say what a parcel weighs.',
  input: z.object({
    label: z.string().min(1),
    unit: z.enum(['kg', 'lb']).default('kg'),
    address: z.object({ lines: z.array(z.string().max(5)) }).optional(),
  }),
  output: z.object({ weight: z.number(), unit: z.string() }),
  doors: { cli: 'parcels weigh' },
  policy: { effect: 'read', idempotent: true },
  errors: ['parcels.not_found'],
  async handler({ label, unit }, { deps }) {
    if (label === 'dropped') throw new RangeError('the scales broke');
    const weight = deps.weights.get(label);
    if (weight === undefined) throw parcelErrors.make('parcels.not_found', { label });
    return { weight, unit };
  },
});

const call: Call = { door: 'internal', caller: 'test' };
const deps = { weights: new Map([['red', 3]]) };

describe('invoke', () => {
  it('hands the parsed input, defaults filled in, to the handler', async () => {
    assert.deepEqual(await invoke(weighParcel, { label: 'red' }, { deps, call }), { weight: 3, unit: 'kg' });
  });

  it('names each wrong field by its path, and does not call the handler', async () => {
    const input = { label: '', unit: 'stone', address: { lines: ['ok', 'too long'] } };
    await assert.rejects(invoke(weighParcel, input, { deps, call }), (error) => {
      assert.ok(isAppError(error, 'input.invalid'));
      assert.equal(error.category, 'invalid');
      const { operation, problems } = error.details as { operation: string; problems: string[] };
      assert.equal(operation, 'parcels.weigh');
      assert.deepEqual(problems, [
        'label must be at least 1 character long',
        'unit must be one of kg, lb, not "stone"',
        'address.lines.1 must be at most 5 characters long',
      ]);
      return true;
    });
  });

  it('refuses a field that nobody knows, and names what is missing', async () => {
    await assert.rejects(invoke(weighParcel, { label: 'red', colour: 'blue' }, { deps, call }), {
      code: 'input.invalid',
      message: 'parcels.weigh: there is no field colour.',
    });
    await assert.rejects(invoke(weighParcel, {}, { deps, call }), {
      message: 'parcels.weigh: label is missing.',
    });
  });

  it('refuses what is no object at all', async () => {
    for (const input of [undefined, null, 7, 'red', []]) {
      await assert.rejects(invoke(weighParcel, input, { deps, call }), { code: 'input.invalid' });
    }
  });

  it("passes the operation's own errors, and wraps anything else", async () => {
    const ofLabel = (label: string) => invoke(weighParcel, { label }, { deps, call });
    await assert.rejects(ofLabel('blue'), { code: 'parcels.not_found', details: { label: 'blue' } });
    await assert.rejects(ofLabel('dropped'), (error) => {
      assert.ok(isAppError(error, 'internal.unexpected'));
      return error.cause instanceof RangeError;
    });
  });
});
