import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../../platform/database/testing.ts';
import { systemClock } from '../../../kernel/index.ts';
import { takeKeeperLock } from '../keep/keeper-lock.ts';
import { keeperLockOf, openStore, placeOf } from './open-store.ts';

describe('the folder of the index', () => {
  it('is made in a project that is there, by whatever needs it first', async (t) => {
    const project = await temporaryFolder(t);
    const indexFile = join(project, '.agent-os/.cache/standards.db');
    const lock = await takeKeeperLock(keeperLockOf(indexFile));
    assert.ok(lock !== undefined);
    lock.release();
    const ignored = await readFile(join(project, '.agent-os/.gitignore'), 'utf8');
    assert.match(ignored, /^\.cache\/$/m, 'git does not see it');
  });

  it('does not bring a deleted project back', async (t) => {
    const project = join(await temporaryFolder(t), 'project');
    const indexFile = join(project, '.agent-os/.cache/standards.db');
    await mkdir(project);
    await rm(project, { recursive: true });
    assert.equal(await takeKeeperLock(keeperLockOf(indexFile)), undefined);
    for (const kind of ['sqlite', 'lancedb'] as const) {
      const options = {
        kind,
        indexFile,
        clock: systemClock,
        onRebuild: () => assert.fail('nothing to rebuild'),
      };
      await assert.rejects(openStore(options), { name: 'AppError' }, placeOf(kind, indexFile));
    }
    assert.ok(!existsSync(project));
  });
});
