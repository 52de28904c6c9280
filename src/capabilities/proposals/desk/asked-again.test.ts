import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bodyOf, draft, openProject, type TestProject } from '../testing.ts';

const propose = async (project: TestProject, content?: string) =>
  String(
    (
      await project.call('proposals.create', draft(content === undefined ? {} : { content }), { door: 'mcp' })
    )['message'],
  );
const notesOf = async (project: TestProject, number: number) =>
  (await project.call('inbox.show', { number: String(number) }))['notes'] as string[];

describe('a standard that is proposed again', () => {
  it('[A10] says in its answer and in the inbox that one of its name was rejected, when, by whom and why', async (t) => {
    const project = await openProject(t);
    assert.doesNotMatch(await propose(project), /rejected/);
    await project.call('inbox.reject', { number: '1', because: 'too narrow.' });
    const said =
      /A proposal of this name was rejected on \d{4}-\d\d-\d\d by josh \(request 1\): too narrow\. This text is another one\./;
    const other = bodyOf('Answer with a page.');
    const answer = await propose(project, other);
    assert.match(answer, said);
    assert.match(answer, /Proposed as request 2, revision 1/);
    assert.match(await propose(project, other), said, 'also when it is asked for twice');
    assert.equal((await notesOf(project, 2)).filter((note) => said.test(note)).length, 1);
    assert.ok(
      !(await notesOf(project, 1)).some((note) => said.test(note)),
      'not at the one that was rejected',
    );
  });

  it('[A10] says that it became a revision of the request that waits, and whose the first is', async (t) => {
    const project = await openProject(t);
    assert.doesNotMatch(await propose(project), /updates request/);
    const answer = await propose(project, bodyOf('The status first.'));
    assert.match(
      answer,
      /^This updates request 1, which is already waiting: architect proposed the first revision of architecture\/error-responses on \d{4}-\d\d-\d\d, and this text takes the place of revision 1\. Proposed as request 1, revision 2/,
    );
    const notes = await notesOf(project, 1);
    const note =
      'It takes the place of revision 1; the first is by architect: `troupe inbox show 1 --revision 1`';
    assert.ok(notes.includes(note), notes.join('\n'));
  });
});
