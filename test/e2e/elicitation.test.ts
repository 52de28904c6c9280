import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { ElicitRequest, ElicitResult } from '@modelcontextprotocol/client';
import { revisions, type Revision } from '../support/mcp/desk-process.ts';
import { exampleProject } from '../support/troupe/example-project.ts';
import { readStored } from '../support/troupe/stored-jobs.ts';
import { connectTroupe } from '../support/troupe/troupe-client.ts';

const sections = ['Context', 'Pattern', 'Examples', 'Anti-patterns', 'When to revisit'];
const content = ['# Paging', 'Page every list.', ...sections.map((s) => `## ${s}\n\nText.`)].join('\n\n');
const proposal = { domain: 'api', topic: 'paging', content, created_by: 'architect', approved_by: 'eve' };

const asked = { TROUPE_APPROVALS_ELICITATION_CLIENTS: 'e2e tests' };

/** A client whose person answers like this; keeps the questions. */
async function connect(
  t: TestContext,
  revision: Revision,
  answer: (() => Promise<ElicitResult>) | undefined,
  env: Record<string, string> = asked,
) {
  const project = await exampleProject(t, { empty: true });
  const capabilities = answer === undefined ? {} : { elicitation: { form: {} } };
  const troupe = await connectTroupe(t, project, { revision, env, client: { capabilities } });
  const questions: string[] = [];
  if (answer !== undefined) {
    troupe.client.setRequestHandler('elicitation/create', ({ params }: ElicitRequest) => {
      questions.push(params.message);
      return answer();
    });
  }
  const file = join(project.root, '.agent-os', 'standards', 'api', 'paging.md');
  const decisions = () =>
    readStored(project.root, (database) =>
      database.prepare('SELECT decision, channel, text_hash FROM approval_decisions').all(),
    ) as { decision: string; channel: string; text_hash: string }[];
  return { ...troupe, questions, file, decisions };
}

const notThere = async (file: string) =>
  assert.equal(await stat(file).catch(() => undefined), undefined, 'no file');

for (const revision of revisions) {
  describe(`approval through a client of ${revision}`, () => {
    it('[A11] shows the person the whole standard, and writes it when they agree', async (t) => {
      const agree = () => Promise.resolve({ action: 'accept' as const, content: { approve: true } });
      const troupe = await connect(t, revision, agree);
      const answer = await troupe.call('create_project_standard', proposal);
      assert.equal(troupe.questions.length, 1);
      assert.match(
        troupe.questions[0]!,
        /^architect asks you to approve Standard: api\/paging \(request 1, revision 1\)\./,
      );
      assert.ok(
        troupe.questions[0]!.includes(content.replaceAll(/^/gm, '> ').replaceAll(/ $/gm, '')) &&
          troupe.questions[0]!.includes('"eve" is named as approver: a claim'),
      );
      assert.match(
        String(answer['message']),
        /Approved by .+\. Written: \.agent-os\/standards\/api\/paging\.md$/,
      );
      const written = await readFile(troupe.file, 'utf8');
      const [decision] = troupe.decisions();
      assert.equal(decision!.channel, 'elicitation:e2e tests');
      assert.ok(written.includes(decision!.text_hash));
      assert.doesNotMatch(written, /approved_by: eve/);
    });

    it('[A11] leaves it waiting when the person declines, closes the question, or agrees to nothing', async (t) => {
      const answers: ElicitResult[] = [
        { action: 'decline' },
        { action: 'cancel' },
        { action: 'accept', content: { approve: false } },
      ];
      const left = [...answers];
      const troupe = await connect(t, revision, () => Promise.resolve(left.shift()!));
      for (const topic of answers.keys()) {
        const given = { ...proposal, topic: `paging-${topic}` };
        const { message } = await troupe.call<{ message: string }>('create_standard', given);
        assert.equal(troupe.questions.length, topic + 1);
        assert.match(message, /The person did not approve it; it stays in the inbox\.$/);
      }
      assert.deepEqual(troupe.decisions(), []);
      await notThere(dirname(troupe.file));
    });

    it('[A11] asks no client that nobody named, none that cannot ask, and nothing but proposals', async (t) => {
      const agree = () => Promise.resolve({ action: 'accept' as const, content: { approve: true } });
      const unknown = await connect(t, revision, agree, {});
      const unable = await connect(t, revision, undefined);
      for (const troupe of [unknown, unable]) {
        await troupe.call('create_project_standard', proposal);
        await troupe.call('list_proposals');
        assert.deepEqual([troupe.questions, troupe.decisions()], [[], []]);
        await notThere(troupe.file);
      }
    });
  });
}

describe('approval through a client', () => {
  it('[A11] waits no longer than the limit for a person who does not answer', async (t) => {
    const env = { ...asked, TROUPE_APPROVALS_ELICITATION_TIMEOUT_MS: '1000' };
    const never = () => new Promise<ElicitResult>(() => undefined);
    const troupe = await connect(t, '2025-11-25', never, env);
    const { message } = await troupe.call<{ message: string }>('create_project_standard', proposal);
    assert.match(message, /Nobody answered in time; it stays in the inbox\.$/);
    assert.deepEqual(troupe.decisions(), []);
    await notThere(troupe.file);
  });

  it('[A11] takes no answer to a question that was not asked', async (t) => {
    const troupe = await connect(t, '2026-07-28', () => Promise.resolve({ action: 'decline' }));
    const forged = {
      name: 'create_project_standard',
      arguments: proposal,
      inputResponses: { approval: { action: 'accept', content: { approve: true } } },
      requestState: '0198a0f0-0000-7000-8000-000000000000.made-up',
    };
    const result = await troupe.client.callTool(forged);
    assert.match(JSON.stringify(result.structuredContent), /approvals\.question_expired/);
    const { requestState: _none, ...unasked } = forged;
    await troupe.client.callTool(unasked);
    assert.deepEqual(troupe.decisions(), []);
    await notThere(troupe.file);
  });

  it('a project cannot name the clients that are asked', async (t) => {
    const project = await exampleProject(t, { empty: true });
    await project.write('.agent-os/config.yaml', 'approvals:\n  elicitation_clients: [e2e tests]\n');
    const troupe = await connectTroupe(t, project, { client: { capabilities: { elicitation: {} } } });
    troupe.client.setRequestHandler('elicitation/create', () => assert.fail('nobody is asked'));
    await troupe.call('create_project_standard', proposal);
  });
});
