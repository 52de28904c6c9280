import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { it } from 'node:test';
import { exampleProject } from '../support/troupe/example-project.ts';
import { troupeCommand } from '../support/troupe/troupe-process.ts';

const onLinux = { skip: process.platform === 'linux' ? false : 'there is no /dev/full' };

it('output that cannot be written is one line with a code, and no success', onLinux, async (t) => {
  const project = await exampleProject(t);
  const full = openSync('/dev/full', 'w');
  t.after(() => closeSync(full));
  for (const words of [['jobs', 'list', '--json'], ['jobs', 'list'], ['personas', 'list'], ['help']]) {
    const { command, args } = troupeCommand(words);
    const { status, stderr } = spawnSync(command, args, {
      cwd: project.root,
      env: project.env,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    assert.match(
      stderr,
      /^ cli\.output_failed: Standard output cannot be written \(ENOSPC\)\..*\n$/,
      words.join(' '),
    );
    assert.equal(status, 7);
  }
});
