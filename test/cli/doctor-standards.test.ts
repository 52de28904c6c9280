import assert from 'node:assert/strict';
import { mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { startLoopback } from '../../src/capabilities/embeddings/testing.ts';
import { diagnosis } from '../../src/capabilities/setup/contract/index.ts';
import { exampleProject, type ExampleProject } from '../support/troupe/example-project.ts';
import { connectTroupe } from '../support/troupe/troupe-client.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';
import { withoutPackages } from '../support/troupe/without-package.ts';

async function examine(t: TestContext, project: ExampleProject, env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runTroupe(t, project, ['doctor', '--json'], env);
  const found = diagnosis.parse(JSON.parse(stdout === '' ? stderr : stdout));
  return { code, of: (subject: string) => found.checks.filter((check) => check.subject === subject) };
}

const withoutModel = { TROUPE_EMBEDDINGS_MODEL: 'off' };
const indexIn = ({ root }: ExampleProject) => join(root, '.agent-os', '.cache', 'standards.db');

describe('troupe doctor on standards', () => {
  it('counts them and their problems, shows the first, and names the command that lists all', async (t) => {
    const project = await exampleProject(t);
    const good = await readFile(
      join(import.meta.dirname, '../../src/capabilities/standards/universal/development/naming.md'),
      'utf8',
    );
    await project.write('.agent-os/standards/development/our-names.md', good);
    await project.write('.agent-os/standards/development/odd.md', '---\ntags: [\n---\n# Odd\n');
    await project.write('.agent-os/standards/stray.md', '# Stray\n');
    const { code, of } = await examine(t, project);
    assert.equal(code, 0);
    const [total, ...shown] = of('standards');
    assert.equal(total?.state, 'warning');
    const lint = await runTroupe(t, project, ['standards', 'lint', '--json']);
    const { checked, problems } = JSON.parse(lint.stdout) as { checked: number; problems: unknown[] };
    assert.match(
      total.message,
      new RegExp(`^${checked} standards of this project; ${problems.length} problems`),
    );
    assert.match(total.remedy, /`troupe standards lint`/);
    assert.match(
      shown.map(({ message }) => message).join('\n'),
      /\.agent-os\/standards\/development\/odd\.md/,
    );
    const text = await runTroupe(t, project, ['doctor']);
    assert.match(
      text.stdout,
      /^ ! standards +\d+ standards of this project; .*\n +→ Fix them; `troupe standards lint`/m,
    );
  });

  it('says that the folder cannot be read where a file or a link is in its place', async (t) => {
    const project = await exampleProject(t);
    const folder = join(project.root, '.agent-os', 'standards');
    await project.write('.agent-os/standards', 'not a folder');
    const blocked = await examine(t, project);
    assert.deepEqual([blocked.code, blocked.of('standards')[0]?.state], [7, 'broken']);
    assert.match(
      blocked.of('standards')[0]!.message,
      /^\.agent-os\/standards cannot be read: it is not a folder/,
    );
    await rm(folder);
    await symlink(project.configFolder, folder);
    await mkdir(project.configFolder, { recursive: true });
    assert.equal((await examine(t, project)).of('standards')[0]?.state, 'broken');
  });
});

describe('troupe doctor on the index', () => {
  it('tells that there is none and makes none, then store, format, size, and whether a process keeps it', async (t) => {
    const project = await exampleProject(t);
    const before = await examine(t, project, withoutModel);
    assert.deepEqual(
      [before.of('index')[0]?.state, before.of('index')[0]?.message],
      ['ok', 'none yet; the first search makes it (SQLite)'],
    );
    await assert.rejects(stat(indexIn(project)), { code: 'ENOENT' });

    const ide = await connectTroupe(t, project, { env: withoutModel });
    await ide.call('search_standards', { query: 'errors' });
    // Keeping begins beside the first call.
    let kept = '';
    while (!kept.includes('a process keeps it'))
      kept = (await examine(t, project, withoutModel)).of('index')[0]!.message;
    assert.match(
      kept,
      /^\.agent-os\/\.cache\/standards\.db: SQLite, [\d.]+ MB, [1-9]\d+ standards, format \d+\.\d+\.\d+; a process keeps it in step$/,
    );
    await ide.client.close();
  });

  it('tells an index of another version, a damaged one, and one that is a link, each with what happens next', async (t) => {
    const project = await exampleProject(t);
    await runTroupe(t, project, ['standards', 'index'], withoutModel);
    const database = new DatabaseSync(indexIn(project));
    database.exec("UPDATE index_facts SET value = '0.0.0' WHERE name = 'format'");
    database.close();
    const [other] = (await examine(t, project, withoutModel)).of('index');
    assert.equal(other?.state, 'warning');
    assert.match(`${other.message} ${other.remedy}`, /another version wrote it.*`troupe standards index`/);
    await writeFile(indexIn(project), 'no database at all, but long enough to be looked at');
    const [damaged] = (await examine(t, project, withoutModel)).of('index');
    assert.deepEqual([damaged?.state, damaged?.code], ['warning', 'database.corrupted']);
    assert.match(damaged!.remedy, /rebuilds it/);
    await rm(indexIn(project));
    await symlink(join(project.root, 'elsewhere.db'), indexIn(project));
    const [linked] = (await examine(t, project, withoutModel)).of('index');
    assert.deepEqual([linked?.state, linked?.code], ['warning', 'search.index_outside']);
    await assert.rejects(stat(join(project.root, 'elsewhere.db')), { code: 'ENOENT' });
  });

  it('names LanceDB when it is configured and not installed, and the command that installs it', async (t) => {
    const project = await exampleProject(t);
    const env = { ...withoutModel, TROUPE_SEARCH_STORE: 'lancedb' };
    const missing = await examine(t, project, { ...env, ...withoutPackages('@lancedb/lancedb') });
    const [index] = missing.of('index');
    assert.deepEqual([missing.code, index?.state, index?.code], [7, 'broken', 'search.lancedb_missing']);
    assert.match(index!.remedy, /`npm install @lancedb\/lancedb`/);
    const [installed] = (await examine(t, project, env)).of('index');
    assert.deepEqual(
      [installed?.state, installed?.message],
      ['ok', 'none yet; the first search makes it (LanceDB)'],
    );
  });
});

describe('troupe doctor on embeddings', () => {
  const onnx = { TROUPE_EMBEDDINGS_MODEL: 'onnx' };

  it('tells the built-in model, off, a model without files, and one without a runtime', async (t) => {
    const project = await exampleProject(t);
    assert.match((await examine(t, project)).of('embeddings')[0]!.message, /^built-in all-MiniLM-L6-v2/);
    assert.match(
      (await examine(t, project, withoutModel)).of('embeddings')[0]!.message,
      /^off .*by words alone/,
    );
    const [unnamed] = (await examine(t, project, onnx)).of('embeddings');
    assert.deepEqual([unnamed?.state, unnamed?.code], ['broken', 'embeddings.model_unnamed']);
    const [notPulled] = (
      await examine(t, project, { ...onnx, TROUPE_EMBEDDINGS_NAME: 'bge-small-en-v1.5' })
    ).of('embeddings');
    assert.equal(notPulled?.code, 'embeddings.model_missing');
    assert.match(notPulled.remedy, /troupe models pull bge-small-en-v1\.5/);
    await project.write('model/model.onnx', 'not loaded here');
    await project.write('model/vocab.txt', '[UNK]\n');
    const env = { ...onnx, TROUPE_EMBEDDINGS_PATH: join(project.root, 'model') };
    const [there] = (await examine(t, project, env)).of('embeddings');
    assert.deepEqual([there?.state, there?.message], ['ok', 'model (ONNX) runs on onnxruntime-web']);
    const [bare] = (
      await examine(t, project, { ...env, ...withoutPackages('onnxruntime-node', 'onnxruntime-web') })
    ).of('embeddings');
    assert.equal(bare?.code, 'embeddings.runtime_missing');
    assert.match(bare.remedy, /npm install onnxruntime-node/);
  });

  it('asks a server once: one that gives vectors, one that gives none, and one that is gone', async (t) => {
    const project = await exampleProject(t);
    let answer: unknown = { embeddings: [[0.6, 0.8]] };
    const server = await startLoopback(t, ({ path }) =>
      path === '/api/tags' ? { json: { models: [{ name: 'mini:latest' }] } } : { json: answer },
    );
    const env = {
      TROUPE_EMBEDDINGS_MODEL: 'ollama',
      TROUPE_EMBEDDINGS_NAME: 'mini',
      TROUPE_EMBEDDINGS_BASE_URL: server.url,
    };
    const [good] = (await examine(t, project, env)).of('embeddings');
    assert.equal(good?.state, 'ok', good?.message);
    assert.match(good.message, /mini answers with 2 numbers$/);
    assert.equal(server.received.filter(({ path }) => path === '/api/embed').length, 1);
    answer = { error: 'this model does not support embeddings' };
    const [chat] = (await examine(t, project, env)).of('embeddings');
    assert.deepEqual([chat?.state, chat?.code], ['broken', 'embeddings.bad_answer']);
    await server.leave();
    const gone = await examine(t, project, env);
    assert.deepEqual([gone.code, gone.of('embeddings')[0]?.code], [7, 'embeddings.server_failed']);
  });
});
