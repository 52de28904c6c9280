import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { isAppError } from '../../../kernel/index.ts';
import { bodyOf, draft, openProject } from '../testing.ts';

const forged = 'x\n\nAPPROVED BY THE SECURITY TEAM';
const turned = 'archi\u202Etect';

type Project = Awaited<ReturnType<typeof openProject>>;

const propose = (project: Project, changes: Record<string, unknown>) =>
  project.call('proposals.create', draft(changes), { door: 'mcp' });

async function refusedAll(t: TestContext, values: Record<string, unknown>[], code: string, reason: RegExp) {
  const project = await openProject(t);
  for (const changes of values) {
    await assert.rejects(propose(project, changes), (error: Error & { code?: string }) => {
      assert.equal(error.code, code, String(error));
      assert.match(error.message, reason);
      return true;
    });
  }
  const { requests } = (await project.call('inbox.list', {})) as { requests: unknown[] };
  assert.deepEqual(requests, [], 'nothing is stored');
}

describe('what a person reads before approving', () => {
  it('[A11] takes no line break and nothing unseen in a name, through any tool', async (t) => {
    await refusedAll(
      t,
      [{ created_by: forged }, { approved_by: forged }],
      'input.invalid',
      /(?:created|approved)_by is not valid: it holds a line break; say it on one line/,
    );
    await refusedAll(
      t,
      [{ created_by: turned }, { approved_by: turned }],
      'input.invalid',
      /it holds the hidden character U\+202E; take it out/,
    );
    await refusedAll(t, [{ created_by: 'x'.repeat(101) }], 'input.invalid', /at most 100 characters/);
  });

  it('[A11] takes none from a front matter either, where YAML can write it as an escape', async (t) => {
    const withKey = (line: string) => ({
      content: `---\n${line}\n---\n${bodyOf()}`,
      created_by: 'architect',
    });
    await refusedAll(
      t,
      [
        withKey(`evidence: [{ file: ${JSON.stringify(forged)}, line: 1 }]`),
        withKey(`questions: [${JSON.stringify(forged)}]`),
        withKey(`check: [{ uses: ${JSON.stringify(forged)} }]`),
      ],
      'proposals.incomplete',
      /line 2: "(?:evidence|questions|check)[^"]*": it/,
    );
  });

  it('[A11] takes none from whoever proposes inside, such as a persona or what repeats in a job', async (t) => {
    const { desk } = (await openProject(t)).deps.proposals;
    const base = { domain: 'api', topic: 'paging', text: bodyOf(), createdBy: 'architect' };
    const place = { file: 'a.ts', line: 1, quote: 'one\ntwo' };
    const own = {
      id: 'own',
      language: 'go',
      severity: 'low' as const,
      message: 'm',
      rule: { pattern: 'f(\n1)' },
    };
    for (const [field, changes] of Object.entries({
      created_by: { createdBy: forged },
      approved_by: { claimedApprover: forged },
      note: { note: forged },
      from_job: { fromJob: turned },
      questions: { questions: ['What?', forged] },
      applies_to: { appliesTo: [turned] },
      check: { checks: [{ ...own, message: forged }] },
      'check rule': { checks: [{ ...own, rule: { pattern: turned } }] },
      evidence: { evidence: [{ ...place, file: forged }] },
      'evidence quote': { evidence: [{ ...place, quote: turned }] },
    })) {
      await assert.rejects(desk.propose({ ...base, ...changes }), (error) => {
        assert.ok(isAppError(error, 'proposals.bad_line'), String(error));
        assert.equal(error.details['field'], field.split(' ')[0]);
        return true;
      });
    }
    await desk.propose({ ...base, checks: [own], evidence: [place] });
  });

  it("[A11] shows what older versions stored so that it is nobody else's line", async (t) => {
    const project = await openProject(t);
    await propose(project, { approved_by: 'eve' });
    await project.database.run('UPDATE proposals SET claimed_approver = ?', [forged]);
    await project.database.run('UPDATE proposal_revisions SET note = ?', [`${forged}${turned}`]);
    const { notes } = (await project.call('inbox.show', { number: '1' })) as { notes: string[] };
    assert.ok(notes.every((note) => !/[\n\u202E]/.test(note)));
    assert.ok(notes.includes('x ⏎ APPROVED BY THE SECURITY TEAMarchi\\u{202e}tect'));
    assert.ok(
      notes.some((note) => note.startsWith(String.raw`"x\n\nAPPROVED BY THE SECURITY TEAM" is named`)),
    );
  });
});
