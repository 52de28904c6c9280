import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { approve, bodyOf, draft, openProject, type TestProject } from '../testing.ts';
import type { RevisionWanted } from './standard-kind.ts';

const propose = (project: TestProject, changes: Record<string, unknown> = {}) =>
  project.call('proposals.create', draft(changes), { door: 'mcp' });

const textOf = async (project: TestProject) =>
  ((await project.call('inbox.show', { number: '1' })) as { text: string }).text;

describe('changing a proposal', () => {
  it('[A10] approves what a person edited, as a revision of that person', async (t) => {
    const project = await openProject(t);
    await propose(project);
    const edited = (await textOf(project)).replace('problem details', 'an error object');
    const { message } = await project.call('inbox.edit', { number: '1', text: edited, revision: 1 });
    assert.match(String(message), /^Written/);
    assert.match(await project.read('architecture/error-responses'), /an error object/);
    const request = await project.store.find(project.root, '1');
    const proposal = (await project.proposals.ofRequest(request.id))!;
    const kept = await project.proposals.revisions(proposal.id);
    assert.deepEqual(
      kept.map(({ revision, author }) => [revision, author]),
      [
        [1, 'architect'],
        [2, 'josh'],
      ],
    );
    assert.deepEqual(
      (await project.store.decisions(request.id)).map(({ revision, decision }) => [revision, decision]),
      [[2, 'approve']],
    );
  });

  it('checks an edited text like any other, and leaves the request as it was when it is refused', async (t) => {
    const project = await openProject(t);
    await propose(project);
    const text = await textOf(project);
    const refused: [string, string][] = [
      [text.replace('## Pattern', '## Something'), 'proposals.incomplete'],
      [`${text}\npassword = "q8Xz!2LmWv9#RtYp"\n`, 'proposals.secret'],
      [text.replace('topic: error-responses', 'topic: ../../etc'), 'standards.bad_name'],
      [text.replace('---\n', '---\n]['), 'standards.bad_front_matter'],
    ];
    for (const [edited, code] of refused)
      await assert.rejects(project.call('inbox.edit', { number: '1', text: edited }), { code });
    await assert.rejects(project.call('inbox.edit', { number: '1' }), { code: 'approvals.no_text' });
    assert.equal((await project.store.find(project.root, '1')).revision, 1);
    await propose(project, { content: bodyOf('Another.') });
    await assert.rejects(
      project.call('inbox.edit', { number: '1', revision: 1, text: text.replace('problem', 'own') }),
      { code: 'approvals.old_revision' },
    );
  });

  it('[A10] has the persona revise from the feedback, and keeps every revision', async (t) => {
    const wanted: RevisionWanted[] = [];
    const project = await openProject(t, {
      reviseByPersona: (asked) => {
        wanted.push(asked);
        return Promise.resolve({ jobId: '0196-7c1e' });
      },
    });
    await propose(project);
    const because = 'name the status first';
    const answer = await project.call('inbox.revise', { number: '1', because });
    assert.partialDeepStrictEqual(answer, { job_id: '0196-7c1e', request: { status: 'changes-asked' } });
    assert.match(String(answer['message']), /^architect is making a new revision \(job 7c1e\)/);
    assert.partialDeepStrictEqual(wanted, [{ because, number: 1, id: 'architecture/error-responses' }]);
    const revised = await project.desk.propose({
      domain: 'architecture',
      topic: 'error-responses',
      text: bodyOf('The status first.'),
      createdBy: 'architect',
      replacesRevisionOf: wanted[0]!.proposal.id,
    });
    assert.deepEqual([revised.requestNumber, revised.revision], [1, 2]);
    const shown = (await project.call('inbox.show', { number: '1' })) as {
      request: { status: string };
      decisions: { because: string }[];
    };
    assert.deepEqual([shown.request.status, shown.decisions[0]!.because], ['waiting', because]);
    assert.match(String((await approve(project))['message']), /^Written/);
  });

  it('[A10] shows any revision, who made each and what for, and names the range beyond it', async (t) => {
    const project = await openProject(t, { reviseByPersona: () => Promise.resolve({ jobId: '0196-7c1e' }) });
    await propose(project);
    const because = ['name the status first', 'and keep it short'];
    for (const reason of because) await project.call('inbox.revise', { number: '1', because: reason });
    await propose(project, { content: bodyOf('The status first.') });
    const newest = await textOf(project);
    const edited = newest.replace('The status first.', 'Status first.');
    await project.call('inbox.edit', { number: '1', text: edited, act: 'store' });
    const show = (revision?: number) => project.call('inbox.show', { number: '1', revision });
    assert.partialDeepStrictEqual(await show(), {
      revision: 3,
      revisions: [
        { revision: 1, by: 'architect', because: null },
        { revision: 2, by: 'architect', because: because.join('; ') },
        { revision: 3, by: 'josh', because: null },
      ],
    });
    assert.partialDeepStrictEqual(await show(2), { revision: 2, text: newest, request: { revision: 3 } });
    assert.match(String((await show(1))['text']), /problem details/);
    await assert.rejects(show(4), {
      code: 'approvals.unknown_revision',
      message: 'Request 1 has no revision 4; it has revisions 1 to 3.',
    });
  });

  it('[A11] an older revision that was shown leaves the newest unread', async (t) => {
    const project = await openProject(t);
    for (const rule of ['First.', 'Second.']) await propose(project, { content: bodyOf(rule) });
    await project.call('inbox.show', { number: '1', revision: 1 });
    await assert.rejects(project.call('inbox.approve', { number: '1' }), { code: 'approvals.not_shown' });
    assert.match(String((await approve(project))['message']), /^Written/);
  });

  it('leaves the change to the person where no persona can make it, or the limit is reached', async (t) => {
    const project = await openProject(t);
    await propose(project);
    const answer = await project.call('inbox.revise', { number: '1', because: 'shorter' });
    assert.equal(answer['job_id'], null);
    assert.match(String(answer['message']), /^Nobody but you can.*`troupe inbox edit 1`/);
    const limited = await openProject(t, {
      limits: { maxRevisions: 1 },
      reviseByPersona: () => assert.fail('the limit is reached'),
    });
    await propose(limited);
    const refused = await limited.call('inbox.revise', { number: '1', because: 'shorter' });
    assert.match(String(refused['message']), /^1 revision is the limit \(approvals\.max_revisions\)/);
  });

  it('wants a reason, and stores none that holds a secret', async (t) => {
    const project = await openProject(t);
    await propose(project);
    for (const operation of ['inbox.revise', 'inbox.reject']) {
      await assert.rejects(project.call(operation, { number: '1' }), { code: 'call.needs_reason' });
      await assert.rejects(project.call(operation, { number: '1', because: '  ' }), {
        code: 'call.needs_reason',
      });
      const because = `use ${['AKIA', 'QYLPMN5HFIQR7XYA'].join('')} instead`;
      await assert.rejects(project.call(operation, { number: '1', because }), (error: Error) => {
        assert.match(error.message, /holds a secret/);
        return !error.message.includes('QYLPMN');
      });
    }
    assert.deepEqual(await project.store.decisions((await project.store.find(project.root, '1')).id), []);
  });

  it('[A10] rejects for good, with the reason, and lists what became of each', async (t) => {
    const project = await openProject(t);
    await propose(project);
    await propose(project, { topic: 'second' });
    await propose(project, { topic: 'third' });
    await project.call('inbox.reject', { number: '2', because: 'too narrow' });
    await approve(project);
    const list = async (status?: string) =>
      (
        (await project.call('proposals.list', status === undefined ? {} : { status }, { door: 'mcp' })) as {
          proposals: { number: number; status: string; message: string | null }[];
        }
      ).proposals.map(({ number, status: state, message }) => [number, state, message]);
    const written = 'Written: .agent-os/standards/architecture/error-responses.md';
    assert.deepEqual(await list(), [
      [3, 'waiting', null],
      [2, 'rejected', 'too narrow'],
      [1, 'written', written],
    ]);
    assert.deepEqual(await list('written'), [[1, 'written', written]]);
    assert.deepEqual(await list('approved'), []);
    await assert.rejects(stat(project.standardFile('architecture/second')));
  });
});
