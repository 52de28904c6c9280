import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { loadSettings } from '../../../platform/config/index.ts';
import { configTemplate } from './config-template.ts';

async function settingsWith(t: TestContext, config: string) {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'troupe-template-')));
  t.after(() => rm(root, { recursive: true, force: true }));
  await mkdir(path.join(root, '.agent-os'));
  await writeFile(path.join(root, '.agent-os', 'config.yaml'), config);
  return loadSettings({ projectRoot: root, env: {}, userConfigDir: path.join(root, 'user') });
}

describe('configTemplate', () => {
  it('changes no setting as it is', async (t) => {
    const { explain, problems } = await settingsWith(t, configTemplate());
    assert.deepEqual(problems, []);
    assert.ok(explain().every(({ origin }) => origin === 'default'));
  });

  it('is a file of the defaults, all allowed to a project, once its lines are taken out of their comments', async (t) => {
    const lines = configTemplate().split('\n');
    const uncommented = lines
      .map((line) => (line.startsWith('# ') ? line : line.replace(/^#/, '')))
      .join('\n');
    const given = await settingsWith(t, uncommented);
    const defaults = await settingsWith(t, '');
    assert.deepEqual(given.problems, []);
    assert.deepEqual(given.values, defaults.values);
  });
});
