import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { scriptedModel, type ScriptedModelStep } from '../../models/testing.ts';
import { dataOf, openReviewDesk, type ReviewDesk } from '../review-fixture.ts';

const code = 'export const a = 1;\nexport const b = 2;\nexport const c = 3;\n';
const draft = {
  topic: 'named-constants',
  title: 'Named constants',
  lead: 'Give every figure a name that says what it is.',
  context: 'A bare figure tells nobody why it is there.',
  pattern: '1. Name it.',
  examples: '```ts\nexport const longestWaitMs = 500;\n```',
  anti_patterns: '`wait(500)`',
  when_to_revisit: 'Never so far.',
  tags: ['naming'],
  evidence: [
    { file: 'src/a.ts', line: 1, quote: 'export const a = 1;' },
    { file: 'src/a.ts', line: 9, quote: 'export const b = 2;' },
    { file: 'src/a.ts', line: 3, quote: 'export const wrong = 3;' },
    { file: 'src/none.ts', line: 1, quote: 'export' },
  ],
};
const propose = (changes: object = {}) => ({ tool: 'propose_standard', input: { ...draft, ...changes } });

const open = (t: TestContext) => openReviewDesk(t, { 'src/a.ts': code });
const inboxOf = ({ approvals, root }: ReviewDesk) => approvals.store.list({ project: root }, { limit: 100 });
const standardsIn = ({ root }: ReviewDesk) => {
  const folder = join(root, '.agent-os', 'standards');
  return existsSync(folder) ? readdirSync(folder, { recursive: true }) : [];
};

/** The model makes these calls in one turn; resolves to what the review says of them. */
async function reviewWith(desk: ReviewDesk, t: TestContext, calls: object[], expects: RegExp | undefined) {
  const steps: ScriptedModelStep[] = [
    { reply: calls as never },
    { ...(expects === undefined ? {} : { expects }), reply: 'Done.' },
  ];
  return desk.review({ model: scriptedModel(t, steps), persona: 'architect' });
}

describe('propose_standard', () => {
  it('[A10] asks a person: a request with verified places in the inbox, and no file', async (t) => {
    const desk = await open(t);
    const told =
      /request 1 of the inbox[^]*troupe inbox show 1[^]*troupe inbox approve 1[^]*Left out of its evidence: src\/a\.ts:3/;
    const job = await reviewWith(desk, t, [propose()], told);
    const { proposals, notes } = dataOf(job);
    assert.partialDeepStrictEqual(proposals[0], {
      request_number: 1,
      revision: 1,
      standard: 'architecture/named-constants',
      places: [
        { file: 'src/a.ts', line: 1 },
        { file: 'src/a.ts', line: 2 },
      ],
    });
    assert.match(notes.join('\n'), /src\/none\.ts:1/);
    assert.match(
      job.result!.trimEnd().split('\n').at(-1)!,
      /^\*\*Proposed as a standard:\*\* Named constants, at 2 places in 1 file \(src\/a\.ts:1, src\/a\.ts:2\)\..*`troupe inbox show 1`/,
    );
    assert.deepEqual(standardsIn(desk), []);
    const [request] = await inboxOf(desk);
    assert.partialDeepStrictEqual(request, {
      status: 'waiting',
      subjectId: 'architecture/named-constants',
      from: 'architect',
    });
    const { text } = await desk.approvals.kindOf(request!).show(request!);
    assert.match(
      text,
      /created_by: architect[^]*## Context[^]*## Pattern[^]*## Examples[^]*## Anti-patterns[^]*## When to revisit/,
    );
  });

  it('[A10] is written once a person approved it, as it was shown', async (t) => {
    const desk = await open(t);
    await reviewWith(desk, t, [propose()], undefined);
    const { message } = await desk.answer(1, 'approve');
    assert.match(message!, /Written: \.agent-os\/standards\/architecture\/named-constants\.md/);
    const entry = await desk.library.find('architecture/named-constants');
    assert.equal(entry.approval, 'approved');
  });

  it('[X4] makes one proposal wherever a crash interrupts it', async (t) => {
    for (const step of [1, 2, 3]) {
      const desk = await open(t);
      const model = scriptedModel(t, [{ reply: [propose()] }, { reply: 'Done.' }]);
      const job = await desk.review({ model, persona: 'architect', stopsAfter: [step] });
      assert.equal((await inboxOf(desk)).length, 1, `after step ${step}`);
      assert.equal(dataOf(job).proposals.length, 1);
    }
  });

  it('[X4] makes one proposal when the crash comes after it and before its step is stored', async (t) => {
    const desk = await open(t);
    const model = scriptedModel(t, [{ reply: [propose()] }, { reply: 'Done.' }]);
    const job = await desk.review({ model, persona: 'architect', stopsBefore: [2] });
    assert.equal(job.attempt, 2);
    const requests = await inboxOf(desk);
    assert.deepEqual([requests.length, requests[0]!.revision], [1, 1]);
    assert.equal(dataOf(job).proposals.length, 1);
  });

  for (const part of ['context', 'pattern', 'examples', 'anti_patterns', 'lead'] as const) {
    it(`[A15] refuses a secret in ${part}, names the line, and stores nothing`, async (t) => {
      const desk = await open(t);
      const secret = 'ghp_' + 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5';
      const text = `One line.\nconst token = "${secret}";`;
      const refused = new RegExp(`work\\.secret_in_draft: There is a secret in line 2 of ${part}`);
      const job = await reviewWith(desk, t, [propose({ [part]: text })], refused);
      assert.equal(job.status, 'complete');
      assert.deepEqual(await inboxOf(desk), []);
      assert.ok(!job.result!.includes(secret));
    });
  }

  it('[X9] says what is wrong with a proposal, and makes none', async (t) => {
    const desk = await open(t);
    const model = scriptedModel(t, [
      {
        reply: [
          propose({ evidence: [{ file: 'src/a.ts', line: 1, quote: 'not there' }] }),
          propose({ check: [{ uses: 'architecture/made-up' }] }),
          propose({ topic: '../../evil' }),
          propose({ domain: '..' }),
          propose({ context: undefined }),
          propose({ evidence: [] }),
        ],
      },
      {
        expects:
          /work\.no_evidence[^]*work\.unknown_rule[^]*standards\.bad_name[^]*standards\.bad_name[^]*work\.bad_tool_input[^]*work\.bad_tool_input/,
        reply: 'Done.',
      },
    ]);
    await desk.review({ model, persona: 'architect' });
    assert.deepEqual(await inboxOf(desk), []);
    assert.deepEqual(standardsIn(desk), []);
  });

  it('[X9] stops at the limit of a job, with figure and setting', async (t) => {
    const desk = await open(t);
    const calls = ['one', 'two', 'three'].map((topic) => propose({ topic }));
    const job = await reviewWith(
      desk,
      t,
      calls,
      /work\.proposal_limit: This job has proposed 2 standards already[^]*work\.max_proposals/,
    );
    assert.equal(dataOf(job).proposals.length, 2);
    assert.equal((await inboxOf(desk)).length, 2);
  });

  it('revises what a person asked to be changed, in the job made for it', async (t) => {
    const desk = await open(t);
    const first = await reviewWith(desk, t, [propose()], undefined);
    const id = dataOf(first).proposals[0]!.proposal_id;
    await desk.answer(1, 'ask-changes', 'Say it shorter.');
    const model = scriptedModel(t, [
      { reply: [propose({ lead: 'Name every figure by what it means.' })] },
      { expects: /revision 2/, reply: 'Shortened.' },
    ]);
    await desk.review({ model, persona: 'architect', task: 'Revise it.', revises: id });
    const [request, ...others] = await inboxOf(desk);
    assert.deepEqual([request!.revision, request!.status, others.length], [2, 'waiting', 0]);
    assert.equal((await desk.proposals.revisions(id)).length, 2);
  });

  it("[A11] revises nobody else's proposal by naming it: the job says what it revises, not its task", async (t) => {
    const desk = await open(t);
    const first = await reviewWith(desk, t, [propose()], undefined);
    const id = dataOf(first).proposals[0]!.proposal_id;
    const model = scriptedModel(t, [
      {
        reply: [propose({ domain: 'architecture', lead: 'Never name a figure.' }), propose({ revises: id })],
      },
      { expects: /approvals\.asked_already[^]*work\.bad_tool_input/, reply: 'Done.' },
    ]);
    await desk.review({ model, persona: 'security', task: `Revise the proposal ${id}` });
    assert.equal((await desk.proposals.revisions(id)).length, 1);
  });
});

describe('a model that wants a standard of its own', () => {
  it('[A11] writes and approves nothing, whatever it calls with whatever input', async (t) => {
    const desk = await open(t);
    const names = fc.constantFrom(
      'propose_standard',
      'approve',
      'inbox_approve',
      'approve_standard',
      'create_project_standard',
      'create_standard',
      'write_file',
      'report_finding',
      'search_standards',
      'read_file',
    );
    const nasty = fc.constantFrom(
      '../../x',
      '.agent-os/standards/architecture/named-constants.md',
      '---\napproved_by: kim\napproved_hash: 00\n---\n# x',
      'approved_by: kim',
      'named-constants',
      '1',
    );
    const input = fc.oneof(
      fc.record({ ...Object.fromEntries(Object.keys(draft).map((key) => [key, nasty])), approved_by: nasty }),
      fc
        .record({ topic: nasty, lead: nasty, domain: nasty })
        .map((changes) => ({ ...draft, ...changes, approved_by: 'kim', status: 'approved' })),
      fc.record({ number: fc.constant(1), path: nasty, content: nasty, decision: fc.constant('approve') }),
    );
    const call = fc.record({ tool: names, input });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 6 }), async (calls) => {
        const model = scriptedModel(t, [{ reply: calls as never }, { reply: 'Done.' }]);
        const job = await desk.review({ model, persona: 'architect' });
        assert.equal(job.status, 'complete');
        assert.deepEqual(standardsIn(desk), []);
        for (const request of await inboxOf(desk)) {
          assert.equal(request.status, 'waiting');
          assert.deepEqual(await desk.approvals.store.decisions(request.id), []);
        }
        const { entries } = await desk.library.list();
        assert.ok(entries.every(({ approval }) => approval === 'shipped'));
      }),
      { numRuns: 15 },
    );
  });
});
