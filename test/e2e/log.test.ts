import assert from 'node:assert/strict';
import { parse } from 'node:path';
import { test } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { runTroupe } from '../support/troupe/troupe-process.ts';

test('a server tells what it ignores of the configuration, one JSON object a line, nothing on standard output', async (t) => {
  const project = await exampleProject(t, { empty: true });
  await project.write('.agent-os/config.yaml', 'jobs:\n  wrokers: 2\nmodels:\n  chain: [openai/other]\n');
  const { code, stdout, stderr } = await runTroupe(t, project, ['mcp']);
  assert.equal(code, 0);
  assert.equal(stdout, '');
  const entries = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: string; message: string; process: string });
  assert.deepEqual(
    entries.map(({ level, process }) => [level, process]),
    [
      ['warn', 'mcp'],
      ['warn', 'mcp'],
    ],
  );
  assert.match(
    entries[0]!.message,
    /config\.yaml:2: there is no setting jobs\.wrokers; did you mean jobs\.workers/,
  );
  assert.match(entries[1]!.message, /config\.yaml:4: models\.chain is ignored here/);
  const silent = await runTroupe(t, project, ['mcp'], { TROUPE_LOGGING_LEVEL: 'silent' });
  assert.equal(silent.stderr, '');
});

test('a server that cannot start says why in one line, and ends with the code of the kind of failure', async (t) => {
  const project = await exampleProject(t, { empty: true });
  const nowhere = { root: parse(project.root).root, env: project.env };
  const { code, stdout, stderr } = await runTroupe(t, nowhere, ['mcp']);
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^ files\.no_project: .*--project\.\n$/);
});
