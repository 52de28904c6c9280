import assert from 'node:assert/strict';
import { cp, mkdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { systemClock, systemIds, type AppError } from '../kernel/index.ts';
import { openPostgresDatabase } from '../platform/database/index.ts';
import { patientConnectMs, startTestPostgres, temporaryFolder } from '../platform/database/testing.ts';
import { findProjectKey, projectKeyOf } from './open-database.ts';
import { ensureProjectId, findProjectId, projectIdName } from './project-id.ts';
import { stateInProject } from './state-folder.ts';

const postgres = await startTestPostgres();
after(() => postgres.stop());

const unexpected = (notice: string) => assert.fail(notice);

/** A folder in which projects are made, moved and copied. */
async function place(t: TestContext) {
  const base = await realpath(await temporaryFolder(t));
  const notices: string[] = [];
  return {
    notices,
    at: (name: string) => join(base, name),
    async project(name: string) {
      await mkdir(join(base, name, '.agent-os'), { recursive: true });
      return join(base, name);
    },
    idOf: (root: string) =>
      ensureProjectId(root, stateInProject(root), {
        ids: systemIds,
        alone: (work) => work(),
        onNotice: (message) => notices.push(message),
      }),
  };
}

describe('the key of a project on PostgreSQL', () => {
  it('is its own in each checkout, also where two of them have the same path one after the other', async (t) => {
    const { project, at } = await place(t);
    const database = await postgres.open(t);
    const keyOf = (root: string) =>
      projectKeyOf(database, { root, ids: systemIds }, stateInProject(root), unexpected);
    const first = await keyOf(await project('workspace'));
    await rename(at('workspace'), at('elsewhere'));
    const second = await keyOf(await project('workspace'));
    assert.notEqual(first, second);
    assert.equal(await keyOf(at('elsewhere')), first, 'a folder that was moved keeps its own');
    assert.equal(await keyOf(at('workspace')), second);
  });

  it('is the same for all processes that start at once, in a new folder and in a copy', async (t) => {
    const { project, at } = await place(t);
    const url = await postgres.createUrl();
    const processes = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const database = await openPostgresDatabase({
          url,
          maxConnections: 2,
          connectTimeoutMs: patientConnectMs,
          clock: systemClock,
          tables: [],
        });
        t.after(() => database.close());
        return database;
      }),
    );
    const notices: string[] = [];
    const keysOf = (root: string) =>
      Promise.all(
        processes.map((each) =>
          projectKeyOf(each, { root, ids: systemIds }, stateInProject(root), (said) => notices.push(said)),
        ),
      );
    const own = new Set(await keysOf(await project('shop')));
    assert.equal(own.size, 1);
    await cp(at('shop'), at('copy'), { recursive: true });
    const copied = new Set(await keysOf(at('copy')));
    assert.equal(copied.size, 1);
    assert.notDeepEqual(copied, own);
    assert.equal(notices.length, 1, 'the one that made it says so');
  });

  it('is not made by who only looks', async (t) => {
    const { project, at } = await place(t);
    const database = await postgres.open(t);
    const root = await project('shop');
    assert.equal(await findProjectKey(database, root, stateInProject(root)), undefined);
    await assert.rejects(readFile(join(root, projectIdName)), { code: 'ENOENT' });
    const key = await projectKeyOf(database, { root, ids: systemIds }, stateInProject(root), unexpected);
    assert.equal(await findProjectKey(database, root, stateInProject(root)), key);
    await cp(root, at('copy'), { recursive: true });
    assert.equal(await findProjectKey(database, at('copy'), stateInProject(at('copy'))), undefined);
    await mkdir(at('bare'));
    assert.equal(await findProjectKey(database, at('bare'), stateInProject(at('bare'))), undefined);
  });
});

describe('the id of a checkout', () => {
  it('is new in a copy, which is said once and names the original', async (t) => {
    const { project, at, idOf, notices } = await place(t);
    const original = await project('shop');
    const id = await idOf(original);
    assert.equal(notices.length, 0);
    await cp(original, at('copy'), { recursive: true });
    const copied = await idOf(at('copy'));
    assert.notEqual(copied, id);
    assert.equal(notices.length, 1);
    assert.match(notices[0]!, /is a copy of/);
    assert.ok(notices[0]!.includes(original));
    await cp(at('copy'), at('copy-of-copy'), { recursive: true });
    assert.equal(new Set([id, copied, await idOf(at('copy-of-copy')), await idOf(at('copy'))]).size, 3);
    assert.equal(await idOf(original), id);
    assert.equal(notices.length, 2);
  });

  it('stays when the folder was moved, and a copy of the moved one is a copy', async (t) => {
    const { project, at, idOf, notices } = await place(t);
    const id = await idOf(await project('shop'));
    await rename(at('shop'), at('moved'));
    assert.equal(await idOf(at('moved')), id);
    assert.deepEqual(notices, []);
    await cp(at('moved'), at('copy'), { recursive: true });
    assert.notEqual(await idOf(at('copy')), id);
  });

  it('stays when one folder is seen under two paths', { skip: process.platform === 'win32' }, async (t) => {
    const { project, at, idOf, notices } = await place(t);
    const root = await project('shop');
    const id = await idOf(root);
    // As a mount would show it: the noted place is there, and holds the same file.
    await rename(root, at('mounted'));
    await symlink(at('mounted'), root);
    assert.equal(await idOf(at('mounted')), id);
    assert.deepEqual(notices, []);
  });

  it('is not taken from the first of two processes by the second, whatever locks they share', async (t) => {
    const { project, idOf } = await place(t);
    const root = await project('shop');
    const ids = await Promise.all(Array.from({ length: 8 }, () => idOf(root)));
    assert.equal(new Set(ids).size, 1);
  });

  const broken: readonly [what: string, content: string][] = [
    ['an empty file', ''],
    ['no JSON', '{'],
    ['an id that is none', '{ "id": "../../x", "root": "/shop" }'],
    ['a relative folder', '{ "id": "019aa0c5-0000-7000-8000-000000000000", "root": "shop" }'],
    ['a huge file', `{ "id": "${'x'.repeat(100_000)}" }`],
    ['binary', '\0\0\0'],
  ];
  for (const [what, content] of broken) {
    it(`is refused with what to do where there is ${what}, and nothing is changed`, async (t) => {
      const { project, idOf } = await place(t);
      const root = await project('shop');
      await writeFile(join(root, projectIdName), content);
      await assert.rejects(idOf(root), { code: 'database.project_id_unusable', category: 'conflict' });
      await assert.rejects(findProjectId(root, stateInProject(root)), {
        code: 'database.project_id_unusable',
      });
      assert.equal(await readFile(join(root, projectIdName), 'utf8'), content);
      await rm(join(root, projectIdName));
      assert.match(await idOf(root), /^[0-9a-f-]{36}$/);
    });
  }

  it('is neither read nor written through a link', { skip: process.platform === 'win32' }, async (t) => {
    const { project, at, idOf } = await place(t);
    const root = await project('shop');
    await writeFile(at('victim'), 'untouched');
    await symlink(at('victim'), join(root, projectIdName));
    await assert.rejects(idOf(root), { code: 'database.project_id_unusable' });
    assert.equal(await readFile(at('victim'), 'utf8'), 'untouched');
    await rm(join(root, '.agent-os'), { recursive: true });
    await mkdir(at('outside'));
    await symlink(at('outside'), join(root, '.agent-os'));
    await assert.rejects(idOf(root), { code: 'files.outside_project' });
    await rm(join(root, '.agent-os'));
    await mkdir(join(root, projectIdName), { recursive: true });
    await assert.rejects(idOf(root), { code: 'database.project_id_unusable' });
  });
});

describe('the id of a project that cannot be written', () => {
  it('is kept with its state elsewhere, once; that of the project itself goes before', async (t) => {
    const { project, at, notices } = await place(t);
    const root = await project('shop');
    await mkdir(at('state'));
    const state = { path: at('state'), elsewhereFor: 'EROFS' };
    const idOf = (of: string) =>
      ensureProjectId(of, state, {
        ids: systemIds,
        alone: (work) => work(),
        onNotice: (message) => notices.push(message),
      });
    assert.equal(await findProjectId(root, state), undefined);
    const id = await idOf(root);
    assert.deepEqual([await idOf(root), await findProjectId(root, state)], [id, id]);
    await assert.rejects(readFile(join(root, projectIdName)), { code: 'ENOENT' });

    const own = await ensureProjectId(root, stateInProject(root), {
      ids: systemIds,
      alone: (work) => work(),
      onNotice: unexpected,
    });
    assert.notEqual(own, id);
    assert.deepEqual([await idOf(root), await findProjectId(root, state)], [own, own]);
  });

  it('is none that it was copied with', async (t) => {
    const { project, at, idOf, notices } = await place(t);
    const original = await idOf(await project('shop'));
    await cp(at('shop'), at('copy'), { recursive: true });
    await mkdir(at('state'));
    const state = { path: at('state'), elsewhereFor: 'EACCES' };
    const making = {
      ids: systemIds,
      alone: <T>(work: () => Promise<T>) => work(),
      onNotice: (message: string) => notices.push(message),
    };
    const id = await ensureProjectId(at('copy'), state, making);
    assert.notEqual(id, original);
    assert.equal(await ensureProjectId(at('copy'), state, making), id);
    assert.equal(notices.length, 1);
    await writeFile(join(at('state'), 'troupe.db-project.json'), 'broken');
    await assert.rejects(findProjectId(at('copy'), state), (error: AppError) => {
      assert.equal(error.code, 'database.project_id_unusable');
      return error.message.startsWith(`${join(at('state'), 'troupe.db-project.json')} cannot be used`);
    });
  });
});
