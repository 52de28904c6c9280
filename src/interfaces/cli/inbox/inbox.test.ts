import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { bodyOf, draft } from '../../../capabilities/proposals/testing.ts';
import { recordingTerminal } from '../testing.ts';
import { desk, editing, id } from './inbox-fixture.ts';

describe('troupe inbox', () => {
  it('[X6] lists what waits, with a number, what it is, from whom and since when', async (t) => {
    const terminal = recordingTerminal();
    const { run } = await desk(t, terminal);
    assert.equal(await run('inbox'), 0);
    assert.match(
      terminal.written(),
      /^# {2}what +from +since\n1 {2}Standard: architecture\/error-responses {2}architect {2}\d+ s\n$/,
    );
  });

  it('shows the whole text with what to know, what is hidden in it written out', async (t) => {
    const terminal = recordingTerminal();
    const { run, project } = await desk(t, terminal);
    await project.database.run("UPDATE proposal_revisions SET note = 'hidden ' || char(27) || '[8m orders'");
    assert.equal(await run('inbox', 'show', '1'), 0);
    for (const line of [
      'Evidence: none',
      'Near-duplicates: none',
      'Secrets: none',
      '> # Error responses',
      '> ## When to revisit',
    ])
      assert.ok(terminal.written().split('\n').includes(line), line);
    assert.match(terminal.written(), /hidden \\u\{1b\}\[8m orders/);
  });

  it('[A10] lists the revisions with what each was asked for, and shows an earlier one', async (t) => {
    const terminal = recordingTerminal();
    const { run, project } = await desk(t, terminal, { revises: true });
    assert.equal(await run('inbox', 'show', '1'), 0);
    assert.doesNotMatch(terminal.written(), /^Revisions:/m);
    await run('inbox', 'revise', '1', '--because', 'name the status first');
    await project.call('proposals.create', draft({ content: bodyOf('The status.') }), { door: 'mcp' });
    await run('inbox', 'show', '1');
    assert.match(
      terminal.written(),
      /^Revisions: 2; the others: troupe inbox show 1 --revision K\n {2}1 {2}[\d -]+:\d\d {2}by architect\n {2}2 .* by architect, asked for: name the status first\n/m,
    );
    assert.equal(await run('inbox', 'show', '1', '--revision', '1'), 0);
    assert.match(
      terminal.written(),
      /^Revisions: 2; this is an older one, revision 1; the newest is revision 2$/m,
    );
    assert.equal(await run('inbox', 'show', '1', '--revision', '3', '--json'), 3);
    assert.match(terminal.written(), /"code": "approvals\.unknown_revision"/);
  });

  it('[A10] approves at once what it has shown before', async (t) => {
    const terminal = recordingTerminal();
    const { run, project } = await desk(t, terminal);
    await run('inbox', 'show', '1');
    assert.equal(await run('inbox', 'approve', '1'), 0);
    assert.deepEqual(terminal.asked, []);
    assert.match(terminal.written(), /^Written: \.agent-os\/standards\/architecture\/error-responses\.md$/m);
    assert.match(await project.read(id), /approved_by: josh/);
    assert.equal(await run('inbox'), 0);
    assert.match(terminal.written(), /Nothing waits for you\.\n$/);
  });

  it('[A10] shows and asks before it approves what it has not shown; no is no', async (t) => {
    const terminal = recordingTerminal({ answers: [false] });
    const { run, isWritten } = await desk(t, terminal);
    assert.equal(await run('inbox', 'approve', '1'), 0);
    assert.deepEqual(terminal.asked, ['Approve exactly this text?']);
    assert.match(terminal.notes(), /## When to revisit[\s\S]*Not approved\.\n$/);
    assert.equal(await isWritten(), false);
  });

  it('[A11] after a no, or a terminal that went away at the question, approve shows and asks again', async (t) => {
    const terminal = recordingTerminal({ answers: ['enter', 'enter'] });
    const { run, isWritten } = await desk(t, terminal);
    const ask = terminal.confirm;
    terminal.confirm = () => Promise.reject(new Error('the terminal is gone'));
    assert.equal(await run('inbox', 'approve', '1'), 1);
    terminal.confirm = ask;
    for (const time of [1, 2]) {
      assert.equal(await run('inbox', 'approve', '1'), 0);
      assert.equal(terminal.asked.length, time);
      assert.equal(terminal.notes().split('## When to revisit').length - 1, time + 1);
    }
    assert.equal(await isWritten(), false);
  });

  it('[A11] what went into a pipe or was printed as data, or opened in an editor, was not shown to a person', async (t) => {
    const terminal = recordingTerminal();
    const { run, project } = await desk(t, terminal, { editor: editing('text') });
    terminal.outIsTerminal = false;
    await run('inbox', 'show', '1');
    terminal.outIsTerminal = true;
    await run('inbox', 'show', '1', '--json');
    await run('inbox', 'edit', '1');
    const request = await project.store.find(project.root, '1');
    assert.equal(await project.store.wasShown(request, 'josh'), false);
    await run('inbox', 'show', '1');
    assert.equal(await project.store.wasShown(request, 'josh'), true);
  });

  it('[A11] refuses when another revision came while the person was reading', async (t) => {
    const terminal = recordingTerminal();
    const { run, project, isWritten } = await desk(t, terminal);
    terminal.confirm = async () => {
      await project.call('proposals.create', draft({ content: bodyOf('Slipped in.') }), { door: 'mcp' });
      return true;
    };
    assert.equal(await run('inbox', 'approve', '1'), 4);
    assert.match(
      terminal.notes(),
      /approvals\.old_revision: Request 1 is at revision 2; the answer was to revision 1\./,
    );
    assert.equal(await isWritten(), false);
  });

  it('[A11] without a terminal says that a person is needed, and how', async (t) => {
    const terminal = recordingTerminal({ inIsTerminal: false });
    const { run, isWritten } = await desk(t, terminal);
    await run('inbox', 'show', '1');
    for (const flags of [[], ['--text-hash', 'a'.repeat(64)], ['--revision', '1']])
      assert.equal(await run('inbox', 'approve', '1', ...flags), 5);
    assert.ok(
      terminal
        .notes()
        .includes(
          'call.needs_person: approving is a person\'s act. Run "troupe inbox approve 1" in a terminal.\n',
        ),
    );
    for (const command of [
      ['edit', '1'],
      ['revise', '1', '--because', 'x'],
      ['reject', '1', '--because', 'x'],
    ])
      assert.equal(await run('inbox', ...command), 5, command[0]);
    assert.equal(await run('standards', 'adopt', '--all'), 5);
    assert.equal(await run('standards', 'adopt', 'data/dates'), 5);
    assert.equal(await isWritten(), false);
  });

  it('tells by its exit code that what was approved is not written yet', async (t) => {
    const terminal = recordingTerminal();
    const { run, project } = await desk(t, terminal);
    await run('inbox', 'show', '1');
    await project.writeByHand(id, 'by hand\n');
    assert.equal(await run('inbox', 'approve', '1'), 4);
    assert.match(terminal.written(), /proposals\.in_the_way/);
    await run('inbox');
    assert.match(terminal.written(), /approved, not done yet: proposals\.in_the_way/);
  });

  it('reject wants a reason, and is final', async (t) => {
    const terminal = recordingTerminal();
    const { run } = await desk(t, terminal, { editor: 'process.exit(3)' });
    assert.equal(await run('inbox', 'reject', '1'), 2);
    assert.equal(await run('inbox', 'reject', '1', '--because', 'too narrow'), 0);
    assert.match(
      terminal.written(),
      /Request 1 \(architecture\/error-responses\) is rejected\. Nothing was written\./,
    );
    await run('inbox', 'show', '1');
    assert.equal(await run('inbox', 'approve', '1'), 4);
    assert.equal(await run('inbox', 'edit', '1'), 4);
    assert.doesNotMatch(terminal.notes(), /Unchanged|cli\.editor_failed/);
    await run('standards', 'proposals');
    assert.match(
      terminal.written(),
      /^1 {2}architecture\/error-responses {2}architect {2}rejected {2}too narrow$/m,
    );
  });

  it('fails when a draft of a job is refused, and keeps what was proposed beside it', async (t) => {
    const terminal = recordingTerminal();
    const { run, project } = await desk(t, terminal);
    const drafts = ['dates', 'ids'].map((topic) => ({
      domain: 'data',
      topic,
      text: bodyOf(),
      createdBy: 'architect',
    }));
    project.deps.proposals.draftsFromJob = async () => drafts;
    await project.writeByHand('data/dates', bodyOf());
    assert.equal(await run('standards', 'propose', '--from', 'job'), 4);
    assert.match(terminal.written(), /data\/dates: proposals\.exists/);
    assert.match(terminal.written(), /^1 proposal waits for a person/m);
    assert.equal(await project.store.count({ project: project.root, subjectId: 'data/ids' }), 1);
  });

  it('proposes a file from where the person stands', async (t) => {
    const terminal = recordingTerminal();
    const { run, project } = await desk(t, terminal);
    await writeFile(path.join(project.root, 'dates.md'), bodyOf('Store instants in UTC.'));
    const given = ['dates.md', '--domain', 'data', '--topic', 'dates'];
    assert.equal(await run('standards', 'propose', ...given), 0, terminal.notes());
    assert.match(terminal.written(), /^2 {2}data\/dates\nProposed as request 2/);
  });
});
