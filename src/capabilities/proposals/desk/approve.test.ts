import assert from 'node:assert/strict';
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { hashOfStandard } from '../../standards/index.ts';
import type { DyingArguments } from './dying-process-fixture.ts';
import { approve, bodyOf, draft, openProject, type TestProject } from '../testing.ts';

const id = 'architecture/error-responses';

interface Outcome {
  request: { status: string; outcome: string | null; outcome_message: string | null };
  message: string;
}

const propose = (project: TestProject, changes: Record<string, unknown> = {}) =>
  project.call('proposals.create', draft(changes), { door: 'mcp' });

async function requestOf(project: TestProject, number = 1) {
  return project.store.find(project.root, String(number));
}

describe('approving a standard', () => {
  it('[A10] writes exactly what was shown, with who, when and the hash; nothing else changes', async (t) => {
    const project = await openProject(t);
    await propose(project, { approved_by: 'eve' });
    const shown = (await project.call('inbox.show', { number: '1' })) as { text: string };
    const { message } = (await project.call('inbox.approve', { number: '1' })) as unknown as Outcome;
    assert.equal(message, 'Written: .agent-os/standards/architecture/error-responses.md');
    const text = await project.read(id);
    const { textHash } = await requestOf(project);
    assert.equal(hashOfStandard(text), textHash);
    const added = text.split('\n').filter((line) => !shown.text.split('\n').includes(line));
    assert.deepEqual(
      added.map((line) => line.replace(/"?\d{4}-.*/, 'T')),
      ['approved_by: josh', 'approved_at: T', `approved_hash: ${textHash}`.replace(/: (\d.*)/, ': "$1"')].map(
        (line) => (text.includes(line) ? line : line.replaceAll('"', '')),
      ),
    );
    const { entries } = await project.library.list();
    assert.deepEqual(
      entries.map((entry) => [entry.id, entry.approval]),
      [[id, 'approved']],
    );
    await project.writeByHand(id, text.replace('problem details', 'whatever'));
    assert.equal((await project.library.list()).entries[0]!.approval, 'changed');
  });

  it('[A11] approves what was shown and nothing else: not unseen, not an old revision, not twice, not after rejection', async (t) => {
    const project = await openProject(t);
    await propose(project);
    await assert.rejects(project.call('inbox.approve', { number: '1' }), { code: 'approvals.not_shown' });
    await project.call('inbox.show', { number: '1' });
    await propose(project, { content: bodyOf('Slipped in.') });
    await assert.rejects(project.call('inbox.approve', { number: '1' }), { code: 'approvals.not_shown' });
    await project.call('inbox.show', { number: '1' });
    await assert.rejects(project.call('inbox.approve', { number: '1', revision: 1 }), {
      code: 'approvals.old_revision',
    });
    await assert.rejects(project.call('inbox.approve', { number: '1', text_hash: 'a'.repeat(64) }), {
      code: 'approvals.text_differs',
    });
    await assert.rejects(project.call('inbox.approve', { number: '7' }), { code: 'approvals.unknown' });
    await project.call('inbox.approve', { number: '1' });
    await assert.rejects(project.call('inbox.approve', { number: '1' }), (error: Error) => {
      assert.match(
        error.message,
        /^Request 1 was approved by josh \(terminal\) on \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/,
      );
      return true;
    });
    await assert.rejects(project.call('inbox.reject', { number: '1', because: 'late' }), {
      code: 'approvals.already_decided',
    });
    await propose(project, { topic: 'second' });
    await project.call('inbox.reject', { number: '2', because: 'no' });
    await project.call('inbox.show', { number: '2' });
    await assert.rejects(project.call('inbox.approve', { number: '2' }), /was rejected by josh/);
    await assert.rejects(project.call('inbox.revise', { number: '2', because: 'x' }), {
      code: 'approvals.already_decided',
    });
    await assert.rejects(
      project.call('inbox.edit', { number: '2', text: 'x' }),
      /was rejected by josh|cannot become/,
    );
    assert.equal(await stat(project.standardFile('architecture/second')).catch(() => undefined), undefined);
  });

  it('[A11] needs a terminal for every answer, in the same words', async (t) => {
    const project = await openProject(t, { personIsPresent: () => false });
    await propose(project);
    const answers = {
      'inbox.approve': 'approving is a person\'s act. Run "troupe inbox approve 1" in a terminal.',
      'inbox.edit': 'editing and approving is a person\'s act. Run "troupe inbox edit 1" in a terminal.',
      'inbox.revise':
        'asking for changes is a person\'s act. Run "troupe inbox revise 1 --because "…"" in a terminal.',
      'inbox.reject':
        'rejecting is a person\'s act. Run "troupe inbox reject 1 --because "…"" in a terminal.',
    };
    for (const [operation, words] of Object.entries(answers)) {
      await assert.rejects(project.call(operation, { number: '1' }), (error: { line: string } & Error) => {
        assert.equal(error.line, `call.needs_person: ${words}`);
        return true;
      });
    }
    await assert.rejects(project.call('proposals.adopt', { all: true }), { code: 'call.needs_person' });
    assert.equal((await requestOf(project)).status, 'waiting');
  });

  it('never writes over a file made by hand in between; nothing is lost, and there are three ways on', async (t) => {
    for (const way of ['move away', 'rename', 'reject'] as const) {
      const project = await openProject(t);
      await propose(project);
      const { text } = (await project.call('inbox.show', { number: '1' })) as { text: string };
      await project.writeByHand(id, 'by hand\n');
      const { request, message } = (await approve(project)) as unknown as Outcome;
      assert.deepEqual([request.status, request.outcome], ['approved', 'failed']);
      assert.match(
        message,
        /^proposals\.in_the_way: .*error-responses\.md was made by somebody else meanwhile.*troupe inbox approve 1.*troupe inbox edit 1.*troupe inbox reject 1/,
      );
      assert.equal(await project.read(id), 'by hand\n');
      if (way === 'move away') {
        await rename(project.standardFile(id), `${project.standardFile(id)}.mine`);
        assert.match(
          ((await project.call('inbox.approve', { number: '1' })) as unknown as Outcome).message,
          /Written: /,
        );
        assert.equal(hashOfStandard(await project.read(id)), hashOfStandard(text));
      } else if (way === 'rename') {
        const edited = text.replace('topic: error-responses', 'topic: failures');
        const { message: written } = (await project.call('inbox.edit', {
          number: '1',
          text: edited,
        })) as unknown as Outcome;
        assert.equal(written, 'Written: .agent-os/standards/architecture/failures.md');
        assert.equal(await project.read(id), 'by hand\n');
      } else {
        await project.call('inbox.reject', { number: '1', because: 'mine is better' });
        assert.equal((await requestOf(project)).status, 'rejected');
      }
    }
  });

  it('lets one of two processes approve, and tells the other who did', async (t) => {
    const one = await openProject(t, { person: 'ann' });
    const two = await openProject(t, { person: 'ben', root: one.root });
    for (let round = 1; round <= 8; round++) {
      await propose(one, { topic: `topic-${round}` });
      const { textHash } = await requestOf(one, round);
      const given = { number: String(round), text_hash: textHash };
      const outcomes = await Promise.allSettled(
        [one, two].map((project) => project.call('inbox.approve', given)),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      assert.equal(refused.length, 1);
      const decided = (await one.store.decisions((await requestOf(one, round)).id))[0]!;
      const { code, details } = refused[0]!.reason as { code: string; details: { by: string } };
      assert.deepEqual([code, details.by], ['approvals.already_decided', decided.by]);
      assert.match(await one.read(`architecture/topic-${round}`), new RegExp(`approved_by: ${decided.by}`));
    }
  });

  it('writes when asked again, or at the next start, what a process that died had not written', async (t) => {
    const project = await openProject(t);
    await propose(project);
    await propose(project, { topic: 'second' });
    for (const number of [1, 2]) {
      const given: DyingArguments = [project.root, String(number)];
      const child = fork(path.join(import.meta.dirname, 'dying-process-fixture.ts'), given, { execArgv: [] });
      const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
      assert.equal(signal, 'SIGKILL');
    }
    assert.partialDeepStrictEqual(await requestOf(project), { status: 'approved', outcome: 'pending' });
    const { requests } = (await project.call('inbox.list', {})) as { requests: object[] };
    assert.equal(requests.length, 2, 'still in the inbox');
    assert.match(String((await project.call('inbox.approve', { number: '1' }))['message']), /Written: /);
    const restarted = await openProject(t, { root: project.root });
    assert.deepEqual(
      (await restarted.approvals.finishAll()).map(({ message }) => message),
      ['Written: .agent-os/standards/architecture/second.md'],
    );
    for (const topic of [id, 'architecture/second'])
      assert.match(await project.read(topic), /approved_by: josh/);
    assert.deepEqual(await restarted.approvals.finishAll(), []);
  });

  it('counts its own file as written when the process died after the write', async (t) => {
    const project = await openProject(t);
    await propose(project);
    await approve(project);
    const before = await project.read(id);
    await project.database.run("UPDATE approval_requests SET outcome = 'pending', outcome_message = NULL");
    assert.match(String((await project.call('inbox.approve', { number: '1' }))['message']), /Written: /);
    assert.equal(await project.read(id), before);
  });

  it(
    'keeps the approval when the disk is full, says why, and writes once there is room',
    { skip: process.platform !== 'linux' },
    async (t) => {
      const project = await openProject(t);
      const disk = path.join(project.root, '.agent-os', 'standards');
      await mkdir(disk, { recursive: true });
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk], { stdio: 'ignore' });
      } catch {
        assert.ok(
          !process.env['CI'],
          'a test disk could not be mounted; run as root, or in a container that may mount',
        );
        return t.skip('mounting a test disk needs root');
      }
      try {
        await propose(project, { content: `${bodyOf()}\n${'Long. '.repeat(4_000)}` });
        const { request, message } = (await approve(project)) as unknown as Outcome;
        assert.deepEqual([request.status, request.outcome], ['approved', 'failed']);
        assert.match(message, /^files\.disk_full: There is no room to write error-responses\.md/);
        const { requests } = (await project.call('inbox.list', {})) as {
          requests: { outcome_message: string }[];
        };
        assert.match(requests[0]!.outcome_message, /^files\.disk_full/);
        execFileSync('mount', ['-o', 'remount,size=1m', disk], { stdio: 'ignore' });
        assert.match(String((await project.call('inbox.approve', { number: '1' }))['message']), /Written: /);
        assert.match(await readFile(project.standardFile(id), 'utf8'), /Long\./);
      } finally {
        execFileSync('umount', [disk]);
      }
    },
  );

  it('makes the folder of standards anew when it was deleted', async (t) => {
    const project = await openProject(t);
    await project.writeByHand('data/dates', 'mine\n');
    await propose(project);
    await rm(path.join(project.root, '.agent-os', 'standards'), { recursive: true });
    assert.match(String((await approve(project))['message']), /Written: /);
  });

  it('[A10] writes through no link: folders that lead elsewhere are refused, before and after approval', async (t) => {
    for (const linked of ['.agent-os/standards', '.agent-os/standards/architecture']) {
      const project = await openProject(t);
      await propose(project);
      const outside = path.join(project.root, '..', `${path.basename(project.root)}-outside`);
      t.after(() => rm(outside, { recursive: true, force: true }));
      await mkdir(outside, { recursive: true });
      await mkdir(path.dirname(path.join(project.root, linked)), { recursive: true });
      await symlink(outside, path.join(project.root, linked));
      await assert.rejects(propose(project, { topic: 'second' }), { code: 'proposals.outside_folder' });
      await assert.rejects(project.call('inbox.show', { number: '1' }), { code: 'proposals.outside_folder' });
      const { textHash } = await requestOf(project);
      const { message } = (await project.call('inbox.approve', {
        number: '1',
        text_hash: textHash,
      })) as unknown as Outcome;
      assert.match(message, /^proposals\.outside_folder/);
      assert.equal(await stat(path.join(outside, 'error-responses.md')).catch(() => undefined), undefined);
      assert.equal(await stat(path.join(outside, 'architecture')).catch(() => undefined), undefined);
    }
  });

  it('is kept back by a folder that differs in upper and lower case only where the two are one, and names it', async (t) => {
    const project = await openProject(t);
    const standards = path.join(project.root, '.agent-os', 'standards');
    await mkdir(path.join(standards, 'Architecture'), { recursive: true });
    const lower = await stat(path.join(standards, 'architecture')).catch(() => undefined);
    if (lower === undefined) {
      await propose(project);
      assert.match(String((await approve(project))['message']), /^Written: /);
    } else {
      const folder = '.agent-os/standards/architecture';
      await assert.rejects(propose(project), {
        code: 'proposals.folder_spelling',
        details: { file: `${folder}/error-responses.md`, folder, there: 'Architecture' },
      });
    }
  });

  it('writes no text that was changed behind its back', async (t) => {
    const project = await openProject(t);
    await propose(project);
    await project.call('inbox.show', { number: '1' });
    await project.database.run("UPDATE proposal_revisions SET text = replace(text, 'problem', 'other')");
    const { request, message } = (await project.call('inbox.approve', { number: '1' })) as unknown as Outcome;
    assert.equal(request.outcome, 'failed');
    assert.match(message, /^proposals\.text_changed/);
    assert.equal(await stat(project.standardFile(id)).catch(() => undefined), undefined);
  });

  it('[A21] approves 20 in a row while another process proposes 20 more; none is lost', async (t) => {
    const project = await openProject(t);
    const other = await openProject(t, { root: project.root });
    for (let n = 1; n <= 20; n++) await propose(project, { topic: `first-${n}` });
    const proposing = (async () => {
      for (let n = 1; n <= 20; n++) await propose(other, { topic: `second-${n}` });
    })();
    for (let n = 1; n <= 20; n++) await approve(project, n);
    await proposing;
    for (let n = 1; n <= 20; n++)
      assert.match(await project.read(`architecture/first-${n}`), /approved_by: josh/);
    assert.equal(await project.store.count({ project: project.root, statuses: ['waiting'] }), 20);
  });
});
