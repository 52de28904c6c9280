import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Clock } from '../../../kernel/index.ts';
import { openTestSqlite } from '../../../platform/database/testing.ts';
import { standardMigrations } from '../migrations/index.ts';
import { sqlUseStore } from './sql-use-store.ts';
import { countedSearch, openStandardUses } from './standard-uses.ts';
import type { UseStore } from './use-store.ts';

const dayMs = 86_400_000;

/** A clock whose sleeps end when the test says so. */
function steppedClock() {
  let now = 100 * dayMs;
  const sleeping: (() => void)[] = [];
  const clock: Clock = {
    now: () => now,
    monotonicMs: () => now,
    sleep: (_ms, { signal } = {}) =>
      new Promise((resolve, reject) => {
        sleeping.push(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  };
  return { clock, sleeping, pass: (ms: number) => (now += ms) };
}

async function open(t: TestContext, change: (store: UseStore) => UseStore = (store) => store) {
  const stored = sqlUseStore(await openTestSqlite(t, { migrations: standardMigrations }));
  const { clock, sleeping, pass } = steppedClock();
  const errors: unknown[] = [];
  const written = Promise.withResolvers<undefined>();
  const store: UseStore = {
    ...change(stored),
    async deleteBefore(project, day) {
      const deleted = await stored.deleteBefore(project, day);
      written.resolve(undefined);
      return deleted;
    },
  };
  const uses = openStandardUses({
    store,
    project: '/p',
    clock,
    writeEveryMs: 5_000,
    keepDays: 30,
    onError: (error) => errors.push(error),
  });
  return { uses, stored, sleeping, pass, errors, written: written.promise };
}

describe('the uses of standards', () => {
  it('[A14] are counted once for each search, and written together later', async (t) => {
    const { uses, stored, sleeping, written } = await open(t);
    uses.note(['a/x', 'a/x', 'b/y']);
    uses.note(['a/x']);
    uses.note([]);
    assert.deepEqual(await stored.uses('/p', 0), []);
    assert.equal(sleeping.length, 1);
    sleeping[0]!();
    await written;
    assert.deepEqual(
      (await stored.uses('/p', 0)).map(({ standardId, times }) => [standardId, times]),
      [
        ['a/x', 2],
        ['b/y', 1],
      ],
    );
    assert.deepEqual({ ...(await stored.searches('/p', 0))[0] }, { day: 100, searches: 3, withoutHit: 1 });
  });

  it('are written when they are asked for and when all is closed, and not counted afterwards', async (t) => {
    const { uses, stored } = await open(t);
    uses.note(['a/x']);
    assert.equal((await uses.uses(30)).get('a/x')?.times, 1);
    uses.note(['a/x']);
    await uses.close();
    await uses.close();
    uses.note(['a/x']);
    assert.equal((await stored.uses('/p', 0))[0]?.times, 2);
  });

  it('outlive a write that failed', async (t) => {
    let isFull = true;
    const { uses, stored, errors } = await open(t, (store) => ({
      ...store,
      add: async (project, counts) => {
        if (isFull) throw new Error('full');
        return store.add(project, counts);
      },
    }));
    uses.note(['a/x']);
    await uses.uses(30);
    uses.note(['a/x']);
    isFull = false;
    await uses.close();
    assert.equal(errors.length, 1);
    assert.equal((await stored.uses('/p', 0))[0]?.times, 2);
  });

  it('are forgotten after the days that are kept', async (t) => {
    const { uses, stored, pass } = await open(t);
    uses.note(['a/x']);
    await uses.uses(1);
    pass(29 * dayMs);
    uses.note(['b/y']);
    assert.deepEqual([...(await uses.uses(30)).keys()], ['a/x', 'b/y']);
    pass(dayMs);
    uses.note(['b/y']);
    await uses.close();
    assert.deepEqual(
      (await stored.uses('/p', 0)).map(({ standardId }) => standardId),
      ['b/y'],
    );
    assert.equal((await stored.searches('/p', 0)).length, 2);
  });

  it('come from every search, cached or not, and leave its answer as it is', async (t) => {
    const { uses } = await open(t);
    const answer = {
      results: [
        { id: 'a/x', layer: 'project' },
        { id: 'a/x', layer: 'project' },
        { id: 'troupe:a/x', layer: 'universal' },
        { id: 'b/y', layer: 'universal' },
      ] as never,
      searched: 1,
      sections: 2,
      method: 'keyword' as const,
      methodNote: null,
      indexNote: null,
      skipped: [],
      cached: true,
      bytesOfAll: 10,
    };
    const search = countedSearch({ search: async () => answer }, uses);
    assert.equal(await search.search('errors', { limit: 5 }), answer);
    assert.deepEqual(
      [...(await uses.uses(1)).values()].map(({ standardId, times }) => `${standardId} ${times}`),
      ['a/x 1', 'troupe:a/x 1', 'troupe:b/y 1'],
      'a shipped one is counted under one id, whether or not the project has one of its name',
    );
    assert.deepEqual(
      (await uses.searches(1)).map(({ searches, withoutHit }) => [searches, withoutHit]),
      [[1, 0]],
    );
  });
});
