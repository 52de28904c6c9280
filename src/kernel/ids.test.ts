import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { firstIdAt, systemIds } from './index.ts';

// Until the year 9999; the time field of an id has 48 bits.
const anyMs = fc.integer({ min: 0, max: 253_402_300_799_999 });

test('an id made at a time or later sorts at or after the first id of that time, one made before sorts before', () => {
  fc.assert(
    fc.property(anyMs, anyMs, fc.uint8Array({ minLength: 16, maxLength: 16 }), (at, madeAt, random) => {
      const id = v7({ msecs: madeAt, random });
      assert.equal(id >= firstIdAt(at), madeAt >= at);
    }),
  );
});

test('the first id of a time is itself an id that can be made: the lowest one', () => {
  fc.assert(
    fc.property(anyMs, (at) => {
      assert.equal(firstIdAt(at), v7({ msecs: at, seq: 0, random: new Uint8Array(16) }));
    }),
  );
});

test('parts of a millisecond and times before 1970 count downwards', () => {
  assert.equal(firstIdAt(1.9), firstIdAt(1));
  assert.equal(firstIdAt(-5), firstIdAt(0));
});

test('ids of one process sort in the order they were made, however fast', () => {
  const made = Array.from({ length: 5_000 }, () => systemIds.next());
  assert.deepEqual(made, [...made].sort());
  assert.equal(new Set(made).size, made.length);
});
