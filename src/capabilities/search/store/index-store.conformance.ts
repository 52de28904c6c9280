import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { StandardRecord } from '../catalogue/standard-record.ts';
import type { IndexStore, StoredStandard, VectorModel } from './index-store.ts';

/** One empty place; `open` gives a store of its own each time, as another process would have. */
export interface TestIndexPlace {
  open(): Promise<IndexStore>;
}

const model: VectorModel = { id: 'test/model@1', dimensions: 40 };

function stored(id: string, stamp = '1'): StoredStandard {
  const record: StandardRecord = {
    id,
    file: `.agent-os/standards/${id}.md`,
    layer: 'project',
    approval: 'approved',
    retired: false,
    replacedBy: null,
    domain: id.split('/')[0]!,
    title: `It's "${id}"`,
    lead: "Umlauts äöü, a quote ' and a line\nbreak.",
    tags: ['a'],
    appliesTo: [],
    questions: [],
    statements: [],
    sizeBytes: 10,
    chunks: [{ section: 'x', line: 1, endLine: 2, text: stamp }],
    passages: [],
  };
  return { record, stamp };
}

const passage = (n: number) => n.toString(16).padStart(32, '0');

/** A unit vector that points mostly along one axis. */
function vector(axis: number, tilt = 0): Float32Array {
  const values = new Float32Array(model.dimensions).fill(tilt);
  values[axis % model.dimensions]! += 1;
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

/** What every store of the index must do. */
export function indexStoreConformance(
  name: string,
  openPlace: (t: TestContext) => Promise<TestIndexPlace>,
): void {
  async function openTwo(t: TestContext): Promise<[IndexStore, IndexStore]> {
    const place = await openPlace(t);
    return [await place.open(), await place.open()];
  }

  describe(`IndexStore on ${name}`, () => {
    it('gives other processes what was written, once, with what is gone', async (t) => {
      const [one, two] = await openTwo(t);
      assert.deepEqual((await two.changesSince(0)).put, []);
      await one.write({ put: [stored('a/one'), stored('a/two')], removed: [] });
      const first = await two.changesSince(0);
      assert.deepEqual(
        first.put.toSorted((x, y) => (x.record.id < y.record.id ? -1 : 1)),
        [stored('a/one'), stored('a/two')],
      );
      await one.write({ put: [stored('a/two', '2')], removed: ['a/one', 'a/never'] });
      const second = await two.changesSince(first.generation);
      assert.deepEqual(second.put, [stored('a/two', '2')]);
      assert.deepEqual(second.removed.toSorted(), ['a/never', 'a/one']);
      await one.write({ put: [stored('a/one', '3')], removed: [] });
      assert.deepEqual((await two.changesSince(second.generation)).put.map(({ stamp }) => stamp).at(-1), '3');
      const all = await two.changesSince(0);
      assert.deepEqual(all.put.map(({ stamp }) => stamp).toSorted(), ['2', '3']);
    });

    it('shows by its marker that anything was written, by whichever process', async (t) => {
      const [one, two] = await openTwo(t);
      await two.nearest(model, vector(1), 1);
      const before = await two.changeMarker();
      assert.equal(await two.changeMarker(), before);
      await one.write({ put: [stored('a/one')], removed: [] });
      const after = await two.changeMarker();
      assert.notEqual(after, before);
      await two.putVectors(model, [{ passage: passage(1), vector: vector(1) }]);
      assert.notEqual(await two.changeMarker(), after);
    });

    it('loses nothing of what several write at once', async (t) => {
      const place = await openPlace(t);
      const stores = await Promise.all(Array.from({ length: 4 }, () => place.open()));
      await Promise.all(
        stores.map(async (store, n) => {
          for (let round = 0; round < 5; round += 1)
            await store.write({ put: [stored(`w${n}/r${round}`)], removed: [] });
        }),
      );
      for (const store of stores) assert.equal((await store.changesSince(0)).put.length, 20);
    });

    it('knows which passages have no vector, model by model', async (t) => {
      const [one, two] = await openTwo(t);
      const asked = [1, 2, 3].map(passage);
      assert.deepEqual(await two.withoutVector(model, asked), asked);
      await one.putVectors(model, [
        { passage: passage(2), vector: vector(2) },
        { passage: passage(3), vector: vector(3) },
      ]);
      await one.putVectors(model, [{ passage: passage(3), vector: vector(3) }]);
      assert.deepEqual(await two.withoutVector(model, asked), [passage(1)]);
      assert.equal(await two.countVectors(model), 2);
      const other = { id: 'test/other', dimensions: 8 };
      assert.deepEqual(await two.withoutVector(other, asked), asked);
      assert.deepEqual(await two.nearest(other, new Float32Array(8).fill(0.35), 3), []);
    });

    it('finds the nearest, best first, and the similarity of those it is asked for', async (t) => {
      const [one, two] = await openTwo(t);
      assert.deepEqual(await two.nearest(model, vector(1), 5), []);
      await one.putVectors(
        model,
        Array.from({ length: 600 }, (_, n) => ({ passage: passage(n), vector: vector(n, n / 4_000) })),
      );
      const near = await two.nearest(model, vector(7), 3);
      assert.deepEqual(
        near.map((found) => found.passage),
        [passage(7), passage(47), passage(87)],
      );
      assert.ok(near.every(({ similarity }) => similarity > 0.9 && similarity <= 1.01));
      const similar = await two.similarities(model, vector(7), [passage(7), passage(8), passage(9_999)]);
      assert.deepEqual([...similar.keys()].toSorted(), [passage(7), passage(8)]);
      assert.ok(Math.abs(similar.get(passage(7))! - near[0]!.similarity) < 0.02);
      assert.ok(similar.get(passage(8))! < 0.3);
    });

    it('sees vectors that come later, and forgets those that are not to be kept', async (t) => {
      const [one, two] = await openTwo(t);
      const give = (...numbers: number[]) =>
        one.putVectors(
          model,
          numbers.map((n) => ({ passage: passage(n), vector: vector(n) })),
        );
      await give(1, 2);
      assert.equal((await two.nearest(model, vector(2), 9)).length, 2);
      await give(3);
      assert.equal((await two.nearest(model, vector(3), 9))[0]!.passage, passage(3));
      await one.keepVectors(model, new Set([passage(3)]));
      assert.deepEqual(
        (await two.nearest(model, vector(2), 9)).map((found) => found.passage),
        [passage(3)],
      );
      assert.equal(await two.countVectors(model), 1);
    });

    it('ends as it would had everything been written at once, whatever the order of writes', async (t) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.record({
              put: fc.uniqueArray(fc.constantFrom('a/a', 'a/b', 'b/c'), { maxLength: 3 }),
              removed: fc.constantFrom<string[]>([], ['a/a'], ['b/c']),
            }),
            { maxLength: 6 },
          ),
          async (writes) => {
            const store = await (await openPlace(t)).open();
            const expected = new Map<string, string>();
            for (const [index, { put, removed }] of writes.entries()) {
              const gone = removed.filter((id) => !put.some((kept) => kept === id));
              await store.write({ put: put.map((id) => stored(id, String(index))), removed: gone });
              for (const id of put) expected.set(id, String(index));
              for (const id of gone) expected.delete(id);
            }
            const { put } = await store.changesSince(0);
            assert.deepEqual(new Map(put.map(({ record, stamp }) => [record.id, stamp])), expected);
            await store.close();
          },
        ),
        { numRuns: 8 },
      );
    });
  });
}
