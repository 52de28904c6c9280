import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Database } from '../../../platform/database/index.ts';
import { sqlUseStore } from './sql-use-store.ts';
import type { UseStore } from './use-store.ts';

const project = '/projects/shop';
const use = (standardId: string, day: number, times: number, lastAt = day * 86_400_000) => ({
  standardId,
  day,
  times,
  lastAt,
});

/** What every store of uses must do. */
export function useStoreConformance(name: string, openDatabase: (t: TestContext) => Promise<Database>): void {
  const open = async (t: TestContext): Promise<UseStore> => sqlUseStore(await openDatabase(t));
  /** Rows of some drivers have no prototype. */
  const plain = <T extends object>(rows: readonly T[]) => rows.map((row) => ({ ...row }));

  describe(`UseStore on ${name}`, () => {
    it('[A14] adds counts up, keeps the latest time, and tells projects apart', async (t) => {
      const store = await open(t);
      await store.add(project, {
        uses: [use('a/x', 10, 2, 500), use('b/y', 10, 1), use('a/x', 11, 3, 900)],
        searches: [{ day: 10, searches: 3, withoutHit: 1 }],
      });
      await store.add(project, {
        uses: [use('a/x', 11, 4, 700)],
        searches: [{ day: 10, searches: 1, withoutHit: 0 }],
      });
      await store.add('/projects/other', { uses: [use('a/x', 11, 50)], searches: [] });
      const expected = [
        { standardId: 'a/x', times: 9, lastAt: 900 },
        { standardId: 'b/y', times: 1, lastAt: 10 * 86_400_000 },
      ];
      assert.deepEqual(plain(await store.uses(project, 10)), expected);
      assert.deepEqual(plain(await store.uses(project, 11)), [{ standardId: 'a/x', times: 7, lastAt: 900 }]);
      assert.deepEqual(plain(await store.searches(project, 0)), [{ day: 10, searches: 4, withoutHit: 1 }]);
      assert.deepEqual(await store.uses(project, 12), []);
    });

    it('loses no count of writers that add at once, in whatever order', async (t) => {
      const store = await open(t);
      const ids = ['a/x', 'b/y', 'c/z'];
      await Promise.all(
        Array.from({ length: 12 }, (_, writer) =>
          store.add(project, {
            uses: (writer % 2 === 0 ? ids : ids.toReversed()).map((id) => use(id, 10, 1)),
            searches: [{ day: 10, searches: 1, withoutHit: 0 }],
          }),
        ),
      );
      assert.deepEqual(
        (await store.uses(project, 0)).map(({ times }) => times),
        [12, 12, 12],
      );
      assert.equal((await store.searches(project, 0))[0]!.searches, 12);
    });

    it('deletes what is older than a day, of its project only', async (t) => {
      const store = await open(t);
      for (const where of [project, '/projects/other']) {
        await store.add(where, {
          uses: [use('a/x', 9, 1), use('a/x', 10, 1)],
          searches: [{ day: 9, searches: 1, withoutHit: 0 }],
        });
      }
      assert.equal(await store.deleteBefore(project, 10), 2);
      assert.deepEqual(plain(await store.uses(project, 0)), [
        { standardId: 'a/x', times: 1, lastAt: 10 * 86_400_000 },
      ]);
      assert.equal((await store.uses('/projects/other', 0))[0]!.times, 2);
    });
  });
}
