import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { bodyOf } from '../../../capabilities/proposals/testing.ts';
import { recordingTerminal, type RecordingTerminal } from '../testing.ts';
import { desk, editing, id } from './inbox-fixture.ts';

// A folder of this process's own: in the machine's, others edit texts meanwhile.
const temporary = await mkdtemp(path.join(tmpdir(), 'troupe-drafts-'));
process.env['TMPDIR'] = process.env['TEMP'] = temporary;
after(() => rm(temporary, { recursive: true, maxRetries: 5 }));

/** Folders of texts that are being edited. */
async function drafts(): Promise<string[]> {
  return (await readdir(temporary)).filter((name) => name.startsWith('troupe-edit-')).sort();
}

/** The file in which a text that nobody approved is kept for its writer; the test has no use for it afterwards. */
function keptDraft(t: TestContext, terminal: RecordingTerminal): string {
  const file = /What you wrote is kept in (.*)\.$/m.exec(terminal.notes())![1]!;
  const folder = path.dirname(file);
  assert.match(path.basename(folder), /^troupe-edit-/);
  t.after(() => rm(folder, { recursive: true }));
  return file;
}

describe('editing a request', () => {
  it('[A10] edit opens the editor, shows what was changed, and approves that', async (t) => {
    const terminal = recordingTerminal({ answers: [true] });
    const editor = editing("text.replace('problem details', 'an error object')");
    const { run, project } = await desk(t, terminal, { editor });
    assert.equal(await run('inbox', 'edit', '1'), 0, terminal.notes());
    assert.match(
      terminal.notes(),
      /^- Answer every failure with problem details\.\n\+ Answer every failure with an error object\.$/m,
    );
    assert.match(await project.read(id), /an error object/);
    assert.match(terminal.written(), /^Written: /);
  });

  it('edit shows what was changed in colour, whose codes reach the terminal as they are', async (t) => {
    const terminal = recordingTerminal({ color: true });
    const editor = editing("text.replace('problem details', 'an error object')");
    const { run } = await desk(t, terminal, { editor });
    await run('inbox', 'edit', '1');
    keptDraft(t, terminal);
    const lines = terminal.notes().split('\n');
    assert.ok(lines.includes('\u001b[31m- Answer every failure with problem details.\u001b[39m'));
    assert.ok(lines.includes('\u001b[32m+ Answer every failure with an error object.\u001b[39m'));
  });

  it('edit leaves what nobody changed, keeps what was not approved, and lets a slip be corrected', async (t) => {
    const unchanged = recordingTerminal();
    const first = await desk(t, unchanged, { editor: editing('text') });
    assert.equal(await first.run('inbox', 'edit', '1'), 0);
    assert.match(unchanged.notes(), /^Unchanged\. `troupe inbox approve 1` approves it as it is\.$/m);

    const terminal = recordingTerminal({ answers: ['enter', 'enter'] });
    const slip =
      "text.includes('## Pattern') ? text.replace('## Pattern', '## Patern') : text.replace('Patern', 'Pattern').replace('problem', 'own')";
    const second = await desk(t, terminal, { editor: editing(slip) });
    assert.equal(await second.run('inbox', 'edit', '1'), 0);
    assert.deepEqual(terminal.asked, ['Open the editor again?', 'Approve the text as changed?']);
    assert.match(terminal.notes(), /proposals\.incomplete: .*"## Pattern" is missing/);
    assert.match(terminal.notes(), /^Not approved\. What you wrote is kept in /m);
    assert.match(await readFile(keptDraft(t, terminal), 'utf8'), /own details/);
    assert.equal(await second.isWritten(), false);
  });

  it('says which editor did not work', async (t) => {
    const terminal = recordingTerminal();
    const { run } = await desk(t, terminal, { editor: 'process.exit(3)' });
    assert.equal(await run('inbox', 'edit', '1'), 7);
    assert.match(terminal.notes(), /cli\.editor_failed: .*exit code 3/);
  });

  it('says that an editor was not found, and leaves no file where nothing was written', async (t) => {
    const terminal = recordingTerminal();
    const { run, env } = await desk(t, terminal);
    const before = await drafts();
    for (const editor of ['no-such-editor', `"${process.execPath}" -e "process.exit(3)"`]) {
      env['EDITOR'] = editor;
      assert.equal(await run('inbox', 'edit', '1'), 7);
    }
    assert.match(terminal.notes(), /cli\.no_editor: The editor "no-such-editor" was not found\..*\$EDITOR/);
    assert.doesNotMatch(terminal.notes(), /What you wrote/);
    assert.deepEqual(await drafts(), before);
  });

  it('[A10] revise has the persona make the next revision, or opens the editor where it cannot', async (t) => {
    const byPersona = recordingTerminal();
    const one = await desk(t, byPersona, { revises: true });
    assert.equal(await one.run('inbox', 'revise', '1', '--because', 'name the status first'), 0);
    assert.match(byPersona.written(), /^architect is making a new revision/);
    const byHand = recordingTerminal({ answers: [true] });
    const two = await desk(t, byHand, { editor: editing("text.replace('problem details', 'the status')") });
    assert.equal(await two.run('inbox', 'revise', '1', '--because', 'name the status first'), 0);
    assert.match(
      byHand.written(),
      /^Nobody but you can make the new revision: your editor opens\. What you write is approved if you say yes, else it waits/,
    );
    assert.match(await two.project.read(id), /the status/);
  });

  it('[A10] revise stores the text of the editor as a revision that waits; return alone approves nothing', async (t) => {
    const terminal = recordingTerminal({ answers: ['enter'] });
    const editor = editing("text.replace('problem details', 'the status')");
    const { run, project, isWritten } = await desk(t, terminal, { editor });
    assert.equal(await run('inbox', 'revise', '1', '--because', 'name the status first'), 0);
    assert.deepEqual(terminal.asked, ['Approve the text as changed?']);
    assert.match(terminal.written(), /Revision 2 is stored and waits: `troupe inbox approve 1`\.$/m);
    assert.equal(await isWritten(), false);
    const shown = await project.call('inbox.show', { number: '1' });
    assert.partialDeepStrictEqual(shown, { request: { status: 'waiting', revision: 2 } });
    assert.match(String(shown['text']), /the status/);
  });

  it('[A11] adopting and approving take return alone for no', async (t) => {
    const terminal = recordingTerminal({ answers: ['enter', 'enter'] });
    const { run, project, isWritten } = await desk(t, terminal);
    await project.writeByHand('data/dates', bodyOf('Store instants.'));
    assert.equal(await run('standards', 'adopt', 'data/dates'), 0);
    assert.equal(await run('inbox', 'approve', '1'), 0);
    assert.match(terminal.notes(), /Not adopted: data\/dates\.\n[\s\S]*Not approved\.\n$/);
    assert.equal(await isWritten(), false);
  });

  it('keeps a text that the editor saved in another encoding, and takes it once it is UTF-8', async (t) => {
    const latin = `Buffer.from(text.replace('problem details', 'caf\u00e9'), 'latin1')`;
    for (const args of [
      ['edit', '1'],
      ['revise', '1', '--because', 'name the place'],
    ]) {
      const terminal = recordingTerminal({ answers: [false] });
      const { run, isWritten } = await desk(t, terminal, { editor: editing(latin) });
      assert.equal(await run('inbox', ...args), 0);
      assert.deepEqual(terminal.asked, ['Open the editor again?']);
      assert.match(terminal.notes(), /files\.other_encoding: .*request-1\.md is not UTF-8 \(line \d+\)/);
      const kept = await readFile(keptDraft(t, terminal));
      assert.ok(kept.includes(Buffer.from('caf\u00e9', 'latin1')), 'every byte is kept');
      assert.equal(await isWritten(), false);
    }
    const again = recordingTerminal({ answers: [true, true] });
    const mended = `text.includes('\uFFFD') ? text.replace('\uFFFD', '\u00e9') : ${latin}`;
    const { run, project } = await desk(t, again, { editor: editing(mended) });
    assert.equal(await run('inbox', 'edit', '1'), 0, again.notes());
    assert.match(await project.read(id), /caf\u00e9/);
  });

  it('says that the editor left no file, and what to use instead', async (t) => {
    const before = await drafts();
    const terminal = recordingTerminal();
    const editor = `import { rmSync } from 'node:fs'; rmSync(process.argv[2]);`;
    const { run, isWritten } = await desk(t, terminal, { editor });
    assert.equal(await run('inbox', 'edit', '1'), 7);
    assert.match(
      terminal.notes(),
      /cli\.editor_failed: The editor ".*" did not work \(it left no file where the text was; nothing was changed\)\./,
    );
    assert.deepEqual([await isWritten(), await drafts()], [false, before]);
  });

  it('tells of a secret in an edited text before it asks whether to approve it', async (t) => {
    const terminal = recordingTerminal({ answers: [false] });
    const secret = 'password = "q8Xz!2LmWv9#RtYp"';
    const { run } = await desk(t, terminal, { editor: editing(`text + '\\n${secret}\\n'`) });
    assert.equal(await run('inbox', 'edit', '1'), 0);
    assert.match(await readFile(keptDraft(t, terminal), 'utf8'), /q8Xz/);
    assert.match(terminal.notes(), /proposals\.secret/);
    assert.deepEqual(terminal.asked, ['Open the editor again?']);
    assert.ok(!terminal.notes().includes('q8Xz'));
  });
});
