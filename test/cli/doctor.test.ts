import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { diagnosis, type Diagnosis } from '../../src/capabilities/setup/contract/index.ts';
import { startModelServer } from '../support/model-servers/index.ts';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

async function examine(t: TestContext, project: ExampleProject, env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runTroupe(t, project, ['doctor', '--json'], env);
  const found = diagnosis.parse(JSON.parse(stdout === '' ? stderr : stdout));
  return { code, found, of: (subject: string) => found.checks.filter((check) => check.subject === subject) };
}

const broken = ({ checks }: Diagnosis) => checks.filter(({ state }) => state === 'broken');
const databaseIn = ({ root }: ExampleProject) => join(root, '.agent-os', 'troupe.db');

describe('troupe doctor', () => {
  it('finds nothing broken in a fresh project, creates nothing, and says how to add a model', async (t) => {
    const project = await exampleProject(t);
    const { code, found, of } = await examine(t, project);
    assert.equal(code, 0);
    assert.equal(found.ok, true);
    assert.match(of('database')[0]!.message, /none yet/);
    assert.match(of('model')[0]!.remedy, /ANTHROPIC_API_KEY.*OLLAMA_HOST/);
    await assert.rejects(stat(join(project.root, '.agent-os')));
    const { stdout } = await runTroupe(t, project, ['doctor']);
    assert.match(stdout, /^ ✓ node +Node \d+/m);
    assert.match(stdout, /^ ! model .*\n +→ Set ANTHROPIC_API_KEY/m);
  });

  it('[X2] asks each model: one that answers, a refused key by the name of its variable, an unreachable server', async (t) => {
    const project = await exampleProject(t);
    const server = await startModelServer(t, 'anthropic', []);
    const good = await examine(t, project, server.env);
    assert.deepEqual([good.code, good.of('model')[0]!.state], [0, 'ok']);
    const refused = await examine(t, project, { ...server.env, ANTHROPIC_API_KEY: 'wrong-key-1234567890' });
    assert.equal(refused.code, 5);
    assert.equal(broken(refused.found)[0]!.code, 'models.key_refused');
    assert.match(broken(refused.found)[0]!.message, /ANTHROPIC_API_KEY/);
    assert.doesNotMatch(JSON.stringify(refused.found), /wrong-key/);
    await server.leave();
    const gone = await examine(t, project, server.env);
    assert.deepEqual([gone.code, broken(gone.found)[0]!.code], [7, 'models.unreachable']);
    const unknown = await examine(t, project, { TROUPE_MODEL: 'nobody/some' });
    assert.equal(broken(unknown.found)[0]!.code, 'models.unknown_provider');
    assert.ok(unknown.of('database').length > 0, 'the rest is looked at all the same');
  });

  it('reports a broken configuration file by line, and settings without effect as warnings', async (t) => {
    const project = await exampleProject(t);
    await project.write('.agent-os/config.yaml', 'jobs:\n  workerz: 2\nmodels:\n  chain: [anthropic/x]\n');
    const odd = await examine(t, project);
    assert.equal(odd.code, 0);
    const warnings = odd.of('configuration').map(({ message }) => message);
    assert.match(
      warnings.join('\n'),
      /config\.yaml:2.*workers\?[\s\S]*config\.yaml:4.*models\.chain is ignored/,
    );
    await project.write('.agent-os/config.yaml', 'jobs:\n  workers: many\n');
    const wrong = await examine(t, project);
    assert.equal(wrong.code, 2);
    assert.match(broken(wrong.found)[0]!.message, /config\.yaml:2.*jobs\.workers/);
  });

  it('[A8] reports a broken persona file by line, and one that is not trusted', async (t) => {
    const project = await exampleProject(t);
    await project.write(
      '.agent-os/personas/dba.md',
      '---\nname: dba\ndescription: Looks at schemas.\n---\nBe exact.\n',
    );
    await project.write('.agent-os/personas/odd.md', '---\nname: [\n---\nHello.\n');
    const { code, of } = await examine(t, project);
    assert.equal(code, 7);
    const lines = of('personas')
      .map(({ state, message }) => `${state} ${message}`)
      .join('\n');
    assert.match(lines, /broken .*\.agent-os\/personas\/odd\.md:\d/);
    assert.match(lines, /warning dba comes from this project and is not trusted/);
  });

  it('tells a damaged database and one of a newer version, and touches neither', async (t) => {
    const project = await exampleProject(t);
    await mkdir(join(project.root, '.agent-os'));
    await writeFile(databaseIn(project), 'this is no database at all');
    const damaged = await examine(t, project);
    assert.deepEqual([damaged.code, broken(damaged.found)[0]!.code], [1, 'database.corrupted']);
    assert.equal(await readFile(databaseIn(project), 'utf8'), 'this is no database at all');
  });

  it('tells a database of a newer version, and leaves it as it is', async (t) => {
    const project = await exampleProject(t);
    await runTroupe(t, project, ['jobs', 'list']);
    const database = new DatabaseSync(databaseIn(project));
    database.exec("INSERT INTO schema_migrations (id, applied_at) VALUES ('jobs/0099-later', 1)");
    database.close();
    const newer = await examine(t, project);
    assert.deepEqual([newer.code, broken(newer.found)[0]!.code], [4, 'database.newer_version']);
    assert.match(broken(newer.found)[0]!.message, /jobs\/0099-later/);
    const listed = await runTroupe(t, project, ['jobs', 'list', '--json']);
    assert.equal(listed.code, 4);
    const refused = JSON.parse(listed.stdout) as { error: { code: string } };
    assert.equal(refused.error.code, 'database.newer_version');
  });

  it('tells a database of another program, which no command touches', async (t) => {
    const project = await exampleProject(t);
    await mkdir(join(project.root, '.agent-os'));
    const other = new DatabaseSync(databaseIn(project));
    other.exec('CREATE TABLE jobs (x)');
    other.close();
    const before = await readFile(databaseIn(project));
    const found = await examine(t, project);
    assert.deepEqual([found.code, broken(found.found)[0]!.code], [4, 'database.not_ours']);
    const listed = await runTroupe(t, project, ['jobs', 'list', '--json']);
    assert.equal(listed.code, 4);
    assert.match(listed.stdout, /database\.not_ours/);
    assert.deepEqual(await readFile(databaseIn(project)), before);
  });

  it('tells a locked database within its time-out', async (t) => {
    const project = await exampleProject(t);
    await runTroupe(t, project, ['jobs', 'list']);
    const other = new DatabaseSync(databaseIn(project));
    t.after(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    const { code, found } = await examine(t, project);
    assert.deepEqual([code, broken(found)[0]!.code], [7, 'database.busy']);
  });

  it('says what waits for keys that are not here, also after the folder was moved', async (t) => {
    const asked = await exampleProject(t);
    const server = await startModelServer(t, 'anthropic', []);
    await runTroupe(t, asked, ['ask', '@security review src', '--detach'], server.env);
    const project = { ...asked, root: `${asked.root}-moved` };
    await rename(asked.root, project.root);
    const { code, of } = await examine(t, project);
    assert.equal(code, 0);
    assert.match(
      of('jobs')
        .map(({ message }) => message)
        .join('\n'),
      /1 waiting job needs anthropic\//,
    );
    assert.deepEqual(
      (await readdir(join(project.root, '.agent-os'))).filter((name) => name.endsWith('.bak')),
      [],
    );
  });

  it('tells an id of the project that cannot be used, where the database is a server', async (t) => {
    const project = await exampleProject(t);
    await project.write('.agent-os/troupe.db-project.json', '{ "id": 1 }');
    const env = { TROUPE_DATABASE_URL: 'postgres://me@127.0.0.1:1/troupe' };
    const { code, found } = await examine(t, project, env);
    assert.deepEqual([code, broken(found)[0]!.code], [4, 'database.project_id_unusable']);
  });
});
