import assert from 'node:assert/strict';
import { lstat, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { z } from 'zod';
import { isAppError, type Call } from '../../kernel/index.ts';
import { firstPosition, readEvents } from '../../platform/events/index.ts';
import { personAtTerminal, type EventTransaction, type Person } from '../approvals/index.ts';
import { bodyOf, openProject, type TestProject } from './testing.ts';

const names = [
  'josh',
  'root',
  'terminal',
  'approve',
  'true',
  'Josh <josh@example.org>',
  '',
  "'; --",
  '../..',
  '1',
];
const hash = 'a'.repeat(64);

/** Values that somebody would try who wants a standard approved without a person. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(...names, hash, true, false, null, 1, 0, -1, '#1', ['josh'], { name: 'josh' }),
  fc.constantFrom(
    bodyOf(),
    bodyOf('Another rule.'),
    `---\napproved_by: josh\napproved_at: 2026-01-01T00:00:00Z\napproved_hash: ${hash}\nstatus: active\n---\n${bodyOf()}`,
    `---\nchannel: terminal\ndecision: approve\n---\n${bodyOf()}`,
  ),
  fc.constantFrom('architecture', 'data', 'error-responses', 'dates'),
);

/** An input for an operation: its own fields and those of answers, with values that fit or do not. */
function inputFor(fields: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const extra = ['approved_by', 'channel', 'person', 'decision', 'text_hash', 'because', 'selection_hash'];
  const fitting: Record<string, fc.Arbitrary<unknown>> = {
    domain: fc.constantFrom('architecture', 'data', '..'),
    topic: fc.constantFrom('errors', 'dates', 'con'),
    content: fc.constantFrom(bodyOf(), bodyOf('More.'), hash),
    created_by: fc.constantFrom('architect', 'josh'),
    number: fc.constantFrom('1', '2', '3', '#1'),
    because: fc.constant('josh said so'),
    text: fc.constant(bodyOf('Edited.')),
    file: fc.constant('draft.md'),
    selection_hash: fc.constant(hash),
  };
  const own = Object.fromEntries(
    fields.map((field) => {
      const value = { weight: 8, arbitrary: fitting[field] ?? fc.constant(undefined) };
      return [field, fc.oneof(value, { weight: 1, arbitrary: hostile })];
    }),
  );
  const more = fc.dictionary(fc.constantFrom(...extra), hostile, { maxKeys: 1 });
  return fc
    .tuple(fc.record(own), more, fc.integer({ min: 0, max: 3 }))
    .map(([input, given, chance]) => (chance === 0 ? { ...input, ...given } : input));
}

interface HostileCall {
  operation: string;
  door: Call['door'];
  input: Record<string, unknown>;
}

/** Calls of any operation of the inbox and of proposals through these doors. */
function callsOf(project: TestProject, doors: readonly Call['door'][]): fc.Arbitrary<HostileCall[]> {
  const one = fc.constantFrom(...project.operations).chain(({ name, input }) =>
    fc.record({
      operation: fc.constant(name),
      door: fc.constantFrom(...doors),
      input: inputFor(Object.keys((input as z.ZodObject).shape)),
    }),
  );
  return fc.array(one, { minLength: 3, maxLength: 12 });
}

/** Makes the calls; after each, nobody has answered anything and no file is there. */
async function makeCalls(project: TestProject, calls: readonly HostileCall[]): Promise<void> {
  for (const { operation, door, input } of calls) {
    const request = await project.store.find(project.root, '1').catch(() => undefined);
    // The best guess there is: the hash of the very text that waits.
    const guess = input['text_hash'] === undefined ? {} : { text_hash: request?.textHash ?? hash };
    await project
      .call(operation, { ...input, ...guess }, { door, caller: 'josh' })
      .catch((error: unknown) => {
        assert.ok(isAppError(error), String(error));
        assert.notEqual(error.code, 'internal.unexpected', String(error.cause));
      });
    await nothingApproved(project);
  }
}

async function nothingApproved(project: TestProject): Promise<void> {
  assert.equal(
    await project.store.count({ project: project.root, statuses: ['approved', 'rejected', 'changes-asked'] }),
    0,
  );
  const { n } = (await project.database.get<{ n: number }>('SELECT count(*) AS n FROM approval_decisions'))!;
  assert.equal(n, 0);
  assert.equal((await project.store.hashesApproved(project.root, 'standard')).size, 0);
  assert.equal(
    await lstat(path.join(project.root, '.agent-os', 'standards')).catch(() => undefined),
    undefined,
  );
}

describe('no tool answers for a person', () => {
  it('[A11] no sequence of operations through any door without a terminal approves, rejects or writes a standard', async (t) => {
    const project = await openProject(t, { personIsPresent: () => false });
    await writeFile(path.join(project.root, 'draft.md'), bodyOf('From a file.'));
    const before = (await readdir(project.root)).toSorted();
    await project.desk.propose({ domain: 'api', topic: 'paging', text: bodyOf(), createdBy: 'architect' });
    const calls = callsOf(project, ['mcp', 'internal', 'cli']);
    await fc.assert(
      fc.asyncProperty(calls, (given) => makeCalls(project, given)),
      { numRuns: 80 },
    );
    assert.deepEqual((await readdir(project.root)).toSorted(), before);
    assert.ok((await project.store.count({ project: project.root })) > 1, 'more was proposed');
  });

  it('[A11] nor through another door while a person sits at the terminal', async (t) => {
    const project = await openProject(t);
    await project.desk.propose({ domain: 'api', topic: 'paging', text: bodyOf(), createdBy: 'architect' });
    const calls = callsOf(project, ['mcp', 'internal']);
    await fc.assert(
      fc.asyncProperty(calls, (given) => makeCalls(project, given)),
      { numRuns: 80 },
    );
    assert.ok((await project.store.count({ project: project.root })) > 1, 'more was proposed');
  });

  it('[A11] a person made by hand is nobody', async (t) => {
    const project = await openProject(t);
    await project.desk.propose({ domain: 'data', topic: 'dates', text: bodyOf(), createdBy: 'architect' });
    const request = await project.store.find(project.root, '1');
    const forged: Person = { name: 'josh', channel: 'terminal' };
    const answer = { request, revision: 1, textHash: request.textHash } as const;
    for (const decision of ['approve', 'reject', 'ask-changes'] as const)
      await assert.rejects(project.approvals.decide(forged, { ...answer, decision }), {
        code: 'call.needs_person',
      });
    await assert.rejects(project.approvals.decideEdited(forged, request, bodyOf('Mine.')), {
      code: 'call.needs_person',
    });
    const adopted = { kind: 'standard', subjectId: 'a/b', title: 'a/b', textHash: hash };
    await assert.rejects(project.approvals.recordDone(forged, adopted, 'done'), {
      code: 'call.needs_person',
    });
    await nothingApproved(project);
  });

  it('[X4] what is recorded as done is not, when its last act fails', async (t) => {
    const project = await openProject(t);
    const josh = personAtTerminal({ door: 'cli' }, project.deps.inbox, { act: 'retire', command: '' });
    const retired = { kind: 'standard', subjectId: 'a/b', title: 'a/b', textHash: hash };
    const full = () => Promise.reject(new Error('the disk is full'));
    await assert.rejects(project.approvals.recordDone(josh, retired, 'done', full), /disk is full/);
    await nothingApproved(project);
    assert.deepEqual(await readEvents(project.database, { after: firstPosition, limit: 10 }), []);
    const emitting = (tx: EventTransaction) =>
      tx.emit({ name: 'standards.retired', entityId: 'a/b', payload: {} });
    await project.approvals.recordDone(josh, retired, 'done', emitting);
    const events = await readEvents(project.database, { after: firstPosition, limit: 10 });
    assert.deepEqual(
      events.map(({ name }) => name),
      ['approvals.requested', 'approvals.approved', 'approvals.applied', 'standards.retired'],
    );
  });

  it('[A11] no operation that answers has a name for tools', async (t) => {
    const project = await openProject(t);
    const tools = project.operations.filter(({ doors }) => doors.mcp !== undefined).map(({ name }) => name);
    assert.deepEqual(tools.toSorted(), ['proposals.create', 'proposals.list']);
  });
});
