import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { bodyOf, draft } from '../../../capabilities/proposals/testing.ts';
import { recordingTerminal } from '../testing.ts';
import { desk, id } from './inbox-fixture.ts';

describe('a row of troupe inbox', () => {
  it('[X6] says in a few words what show says in full: a no before, a file in the way, what is near', async (t) => {
    const terminal = recordingTerminal();
    const { run, project } = await desk(t, terminal);
    await run('inbox', 'show', '1');
    assert.equal(await run('inbox', 'reject', '1', '--because', 'Too long.'), 0);
    await project.writeByHand('data/failures', bodyOf('Answer every failure with problem details, always.'));
    await project.writeByHand('data/faults', bodyOf('Answer every failure with details of the problem.'));
    const again = draft({ content: bodyOf('Answer every failure with problem details and a code.') });
    await project.call('proposals.create', again, { door: 'mcp' });
    assert.equal(await run('inbox'), 0);
    assert.match(terminal.written(), /^2 {2}.* {2}rejected before \(1\), near data\/\w+ \+1$/m);
    await project.writeByHand(id, bodyOf('Made by hand.'));
    await run('inbox', '--json');
    const hints = /"hints": \[\s*"rejected before \(1\)",\s*"its file exists",\s*"near data\/\w+ \+1"\s*\]/;
    assert.match(terminal.written(), hints);
    await run('inbox', '--all');
    assert.match(terminal.written(), /^1 {2}.* {2}rejected$/m, 'of what is decided nothing else is said');
  });

  it('[X6] says that what is proposed cannot be written where its folder is a link', async (t) => {
    const terminal = recordingTerminal();
    const { run, project } = await desk(t, terminal);
    await symlink(project.root, path.join(project.root, '.agent-os', 'standards'), 'junction');
    assert.equal(await run('inbox'), 0);
    assert.match(terminal.written(), /^1 {2}.* {2}cannot be written$/m);
  });
});
