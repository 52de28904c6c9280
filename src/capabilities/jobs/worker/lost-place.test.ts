import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryFolder } from '../../../platform/database/testing.ts';
import { insertJob } from '../testing.ts';
import { heldWork, openSide } from './pool-fixture.ts';

it(
  '[A5] a worker whose database was deleted finishes what is in it, also what waits, and then ends with the reason',
  { skip: process.platform === 'win32' && 'an open file cannot be deleted there' },
  async (t) => {
    const folder = await temporaryFolder(t);
    const side = await openSide(t, { folder });
    const ids = [await insertJob(side.store), await insertJob(side.store)];
    const work = heldWork();
    const pool = side.startPool(work.runJob, { settings: { workers: 1, heartbeatMs: 5 } });
    const first = await work.started.next();
    await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(join(folder, `troupe.db${suffix}`))));
    first.finish();
    (await work.started.next(({ attempt }) => attempt.job.id !== first.attempt.job.id)).finish();
    if (!pool.broken.aborted) await once(pool.broken, 'abort');
    assert.equal((pool.broken.reason as { code?: string }).code, 'database.replaced');
    for (const id of ids) assert.equal((await side.store.get(id))?.status, 'complete');
  },
);
