import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { explainedSettings } from '../../src/capabilities/setup/contract/index.ts';
import { extraCommands } from '../../src/app/extra-commands.ts';
import { recordingTerminal } from '../../src/interfaces/cli/testing.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

const repository = resolve(import.meta.dirname, '../..');
const script = resolve(repository, 'scripts/json-output.ts');

describe('what --json prints', () => {
  it('is documented as the contracts say it', async () => {
    const run = promisify(execFile)(process.execPath, [script, '--check']);
    await assert.doesNotReject(run, 'run npm run docs:json');
  });

  it('is documented for every command of this machine too', () => {
    const document = readFileSync(resolve(repository, 'docs/json-output.md'), 'utf8');
    const none = () => ({ cwd: '', env: {} });
    for (const { name } of extraCommands(none, recordingTerminal(), new AbortController().signal))
      assert.ok(document.includes(`\n## \`troupe ${name}\`\n`), name);
  });

  it('is what the contract says for settings: all of them, those asked for, and those that are wrong', async (t) => {
    const project = await exampleProject(t, { empty: true });
    const env = { TROUPE_JOBS_WORKER: '1', TROUPE_DATABASE_URL: 'postgres://u:secret-word@127.0.0.1/x' };
    const explained = async (...words: string[]) => {
      const { stdout } = await runTroupe(t, project, ['config', 'explain', ...words, '--json'], env);
      assert.doesNotMatch(stdout, /secret-word/);
      return explainedSettings.parse(JSON.parse(stdout));
    };
    const all = await explained();
    assert.deepEqual(
      all.problems.map(({ place }) => place),
      ['env TROUPE_JOBS_WORKER'],
    );
    assert.ok(all.settings.every((one) => 'value' in one));
    const [logging, ...others] = (await explained('logging')).settings;
    assert.partialDeepStrictEqual(logging, { key: 'logging.level', value: 'info', origin: 'default' });
    assert.deepEqual(others, []);
  });
});
