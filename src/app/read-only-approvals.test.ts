import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../kernel/index.ts';
import { migrate, openSqliteDatabase, type Migration } from '../platform/database/index.ts';
import { temporaryTree } from '../platform/files/testing.ts';
import { migrations } from './open-database.ts';
import { openProjectContext } from './project-context.ts';
import { readOnlyApprovals } from './read-only-approvals.ts';
import { databaseName } from './state-folder.ts';

/** A project with a database that has had these migrations. */
async function projectWith(t: TestContext, had: readonly Migration[] | undefined) {
  const root = await temporaryTree(t, { 'a.ts': '' });
  await mkdir(join(root, '.agent-os'));
  if (had !== undefined) {
    const options = { displayName: databaseName, clock: systemClock, busyTimeoutMs: 1_000, driverWaitMs: 5 };
    const database = await openSqliteDatabase({ ...options, path: join(root, databaseName) });
    if (had.length > 0) await migrate(database, had, databaseName);
    await database.close();
  }
  const context = await openProjectContext({ cwd: root, project: root, env: { XDG_CONFIG_HOME: root } });
  t.after(() => context.personas.close());
  return { root, approvals: readOnlyApprovals(context) };
}

describe('approvals in a database that is only read', () => {
  it('are none where there is no database, or an empty one', async (t) => {
    for (const had of [undefined, [], migrations]) {
      const { root, approvals } = await projectWith(t, had);
      assert.equal((await approvals.hashesApproved(root)).size, 0);
      assert.equal((await approvals.lastApprovals(root)).size, 0);
    }
  });

  it('are refused where another version wrote the database, and not taken for none', async (t) => {
    const older = await projectWith(t, [migrations[0]!]);
    await assert.rejects(older.approvals.hashesApproved(older.root), {
      code: 'database.unreadable',
      message: /an older version of troupe wrote it/,
      remedy: /^Run a command of this version/,
    });
    const later = { id: 'approvals/9999-later', statements: () => [] };
    const newer = await projectWith(t, [...migrations, later]);
    await assert.rejects(newer.approvals.lastApprovals(newer.root), { code: 'database.newer_version' });
  });
});
