import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryFolder } from '../../../platform/database/testing.ts';
import { recordedSignal } from '../../../../test/support/recorded-signal.ts';
import { steppedClock } from '../../models/testing.ts';
import { insertJob } from '../testing.ts';
import { heldWork, nextBeat, openSide } from './pool-fixture.ts';

const onWindows = { skip: process.platform === 'win32' && 'an open file cannot be deleted there' };
const removeDatabase = (folder: string) =>
  Promise.all(['', '-wal', '-shm'].map((suffix) => rm(join(folder, `troupe.db${suffix}`))));

it(
  '[A5] a worker whose database was deleted finishes what is in it, also what waits, and then ends with the reason',
  onWindows,
  async (t) => {
    const folder = await temporaryFolder(t);
    const side = await openSide(t, { folder });
    const ids = [await insertJob(side.store), await insertJob(side.store)];
    const work = heldWork();
    const pool = side.startPool(work.runJob, { settings: { workers: 1, heartbeatMs: 5 } });
    const first = await work.started.next();
    await removeDatabase(folder);
    first.finish();
    (await work.started.next(({ attempt }) => attempt.job.id !== first.attempt.job.id)).finish();
    if (!pool.broken.aborted) await once(pool.broken, 'abort');
    assert.equal((pool.broken.reason as { code?: string }).code, 'database.replaced');
    for (const id of ids) assert.equal((await side.store.get(id))?.status, 'complete');
  },
);

it(
  '[A5] such a worker does not end while it waits for the lock to take what is left',
  onWindows,
  async (t) => {
    const folder = await temporaryFolder(t);
    const side = await openSide(t, { folder });
    const [work, clock] = [heldWork(), steppedClock()];
    const [locked, free] = [recordedSignal<undefined>(), recordedSignal<undefined>()];
    const ids = [await insertJob(side.store), await insertJob(side.store)];
    let claims = 0;
    const store = {
      ...side.store,
      async claimNext(request: Parameters<typeof side.store.claimNext>[0]) {
        claims += 1;
        if (claims === 2) {
          locked.emit(undefined);
          await free.next();
        }
        return side.store.claimNext(request);
      },
    };
    const pool = side.startPool(work.runJob, { clock, store, settings: { workers: 1 } });
    const first = await work.started.next();
    await removeDatabase(folder);
    await nextBeat(clock);
    first.finish();
    await locked.next();
    for (let beats = 0; beats < 2; beats++) await nextBeat(clock);
    free.emit(undefined);
    (await work.started.next()).finish();
    while (!pool.broken.aborted) await Promise.race([nextBeat(clock), once(pool.broken, 'abort')]);
    for (const id of ids) assert.equal((await side.store.get(id))?.status, 'complete');
  },
);
