import assert from 'node:assert/strict';
import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { startTestPostgres, temporaryFolder } from '../platform/database/testing.ts';
import { openProjectContext } from './project-context.ts';
import { projectIdName } from './project-id.ts';
import { openRuntime } from './runtime.ts';

const postgres = await startTestPostgres();
after(() => postgres.stop());

it('an opening that fails half-way leaves no connection behind, and the next one can succeed', async (t) => {
  const root = await realpath(await temporaryFolder(t));
  await mkdir(join(root, '.agent-os'));
  await writeFile(join(root, projectIdName), 'broken');
  const url = new URL(await postgres.createUrl());
  url.searchParams.set('application_name', 'half-way');
  const env = { XDG_CONFIG_HOME: join(root, 'none'), TROUPE_DATABASE_URL: url.href.replaceAll('+', '%20') };
  const context = await openProjectContext({ cwd: root, project: root, env });
  const unexpected = (problem: unknown) => assert.fail(String(problem));
  const open = () =>
    openRuntime(context, {
      oneCommand: true,
      workersElsewhere: true,
      personIsPresent: () => false,
      onError: unexpected,
      onNotice: unexpected,
    });
  await assert.rejects(open(), { code: 'database.project_id_unusable' });
  const observer = await postgres.open(t);
  // The server notices the end of a connection a moment after the client.
  const gone = `DO $$ BEGIN
      LOOP
        PERFORM pg_stat_clear_snapshot();
        EXIT WHEN NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = 'half-way');
        PERFORM pg_sleep(0.01);
      END LOOP;
    END $$`;
  await observer.run(gone);
  const left = await observer.get("SELECT 1 FROM pg_stat_activity WHERE application_name = 'half-way'");
  assert.equal(left, undefined);

  await rm(join(root, projectIdName));
  const runtime = await open();
  t.after(() => runtime.close());
  assert.ok(runtime.deps.jobs.project);
  await Promise.all([runtime.close(), runtime.close()]);
});
