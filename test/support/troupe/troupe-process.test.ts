import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { it } from 'node:test';
import { startModelServer } from '../model-servers/index.ts';
import { exampleProject } from './example-project.ts';
import { storedEvents } from './stored-jobs.ts';
import { runTroupe } from './troupe-process.ts';

const onPosix = { skip: process.platform === 'win32' ? 'there a process is ended unasked' : false };

it('a test process that is ended leaves no worker behind', onPosix, async (t) => {
  const project = await exampleProject(t);
  const server = await startModelServer(t, 'anthropic', () => ({ text: 'x', ends: 'stalled' }));
  // Only its end takes it away from a model that says nothing.
  const env = { ...project.env, ...server.env, TROUPE_MODELS_IDLE_TIMEOUT_MS: '600000' };
  await runTroupe(t, { ...project, env }, ['ask', '--detach', '@security review src']);
  const program = `
    import { startTroupe } from ${JSON.stringify(new URL('./troupe-process.ts', import.meta.url).href)};
    startTroupe({ after() {} }, { root: process.cwd(), env: process.env }, ['worker']);`;
  const test = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: project.root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(test, 'exit');
  await server.requested.next();
  test.kill('SIGTERM');
  assert.deepEqual(await exited, [null, 'SIGTERM']);
  await server.disconnected.next();
  assert.match(
    storedEvents(project.root).at(-1)!.name,
    /^jobs\.(claimed|progressed)$/,
    'ended in the middle',
  );
});
