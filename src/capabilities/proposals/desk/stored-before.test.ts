import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { describe, it, type TestContext } from 'node:test';
import { isAppError } from '../../../kernel/index.ts';
import { hashOfStandard } from '../../standards/index.ts';
import { draft, openProject } from '../testing.ts';

const id = 'architecture/error-responses';

/** A project in whose inbox an older version, which took any name, has left this one. */
async function projectOfOlderVersion(t: TestContext, written: string) {
  const project = await openProject(t);
  await project.call('proposals.create', draft(), { door: 'mcp' });
  const { text: fit } = (await project.call('inbox.show', { number: '1' }, { door: 'internal' })) as {
    text: string;
  };
  const text = fit.replace('created_by: architect', `created_by: ${written}`);
  assert.notEqual(text, fit);
  const name = JSON.parse(written) as string;
  await project.database.run('UPDATE proposal_revisions SET text = ?, text_hash = ?, author = ?', [
    text,
    hashOfStandard(text),
    name,
  ]);
  await project.database.run('UPDATE proposals SET created_by = ?', [name]);
  await project.database.run('UPDATE approval_requests SET text_hash = ?, asked_by = ?', [
    hashOfStandard(text),
    name,
  ]);
  return { project, text, fit };
}

describe('a proposal of an older version, which checked less', () => {
  for (const [what, written, reason] of [
    ['a hidden character', '"archi\u202Etect"', /line \d+: there is the hidden character U\+202E/],
    ['lines', '"x\\n\\nAPPROVED"', /line \d+: "created_by": it holds a line break; say it on one line/],
  ] as const) {
    it(`[A11] with ${what} in a name is not approved as it is; edited, it is`, async (t) => {
      const { project, text, fit } = await projectOfOlderVersion(t, written);
      const { notes } = (await project.call('inbox.show', { number: '1' })) as {
        notes: string[];
      };
      assert.ok(notes.every((note) => !/[\n\u202E]/.test(note)));
      await assert.rejects(project.call('inbox.approve', { number: '1' }), (error) => {
        assert.ok(isAppError(error, 'proposals.unfit'), String(error));
        assert.match(error.message, reason);
        assert.match(error.line, /troupe inbox edit 1/);
        return true;
      });
      const request = await project.store.find(project.root, '1');
      assert.deepEqual([request.status, await project.store.decisions(request.id)], ['waiting', []]);
      await assert.rejects(stat(project.standardFile(id)), { code: 'ENOENT' });
      await assert.rejects(project.call('inbox.edit', { number: '1', text }), isAppError);

      // Without the key, it is the text of the person who mends it.
      await project.call('inbox.edit', { number: '1', text: fit.replace('created_by: architect\n', '') });
      assert.match(await readFile(project.standardFile(id), 'utf8'), /^created_by: josh$/m);
    });
  }
});

describe('a reason', () => {
  it('[A11] with a character that nobody sees is not stored', async (t) => {
    const project = await openProject(t);
    await project.call('proposals.create', draft(), { door: 'mcp' });
    for (const operation of ['inbox.reject', 'inbox.revise']) {
      const because = 'too long\nand \u202Eturned';
      await assert.rejects(project.call(operation, { number: '1', because }), {
        code: 'call.hidden_in_reason',
        details: { line: 2, found: 'the hidden character U+202E' },
      });
    }
  });
});
