import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { describeRule, redactSecrets } from '../../analyzers/index.ts';
import { scriptedModel } from '../../models/testing.ts';
import { openReviewDesk, type ReviewDesk } from '../review-fixture.ts';
import { jobDrafts } from './drafts-from-job.ts';
import { personaProposals } from '../standards/persona-proposals.ts';

const sql = `import { db } from './db.ts';
export function find(name: string) {
  return db.query('select * from t where n = ' + name);
}
`;

const files = { 'src/a.ts': sql, 'src/b.ts': sql, 'src/c.ts': sql };
const open = (t: TestContext) => openReviewDesk(t, files);

function draftsOf(desk: ReviewDesk, jobId: string) {
  const { store, files: read, personas, proposals, approvals, root } = desk;
  const asked = personaProposals({
    desk: desk.desk,
    proposals,
    inbox: approvals.store,
    project: root,
    kind: 'standard',
  });
  return jobDrafts({
    jobs: { store, project: root },
    files: read,
    personas: personas.registry,
    proposals: asked,
    describeRule,
    redact: redactSecrets,
  })(jobId);
}

describe('a standard drafted from a job', () => {
  it('[A10] comes from the rule whose findings repeat, also where a shipped standard covers it', async (t) => {
    const desk = await open(t);
    const job = await desk.review({});
    const [draft, ...others] = await draftsOf(desk, job.id.slice(-6));
    assert.deepEqual(others, []);
    assert.partialDeepStrictEqual(draft, {
      domain: 'security',
      topic: 'sql-from-string',
      createdBy: 'security',
      checks: [{ uses: 'security/sql-from-string' }],
      fromJob: job.id,
    });
    assert.equal(draft!.evidence!.length, 3);
    const receipt = await desk.desk.propose(draft!);
    assert.equal(receipt.requestNumber, 1);
    await assert.rejects(draftsOf(desk, job.id), { code: 'work.proposed_before' });
  });

  it('comes from claims of one title where no rule supports them, without a check', async (t) => {
    const desk = await open(t);
    const claim = {
      severity: 'low',
      line: 1,
      quote: "import { db } from './db.ts';",
      title: 'Reaches the database',
      why: 'Layers mix.',
      remedy: 'Go through the store.',
    };
    const calls = Object.keys(files).map((file) => ({ tool: 'report_finding', input: { ...claim, file } }));
    const job = await desk.review({
      model: scriptedModel(t, [{ reply: calls }, { reply: 'Done.' }]),
      persona: 'architect',
    });
    const [draft] = await draftsOf(desk, job.id);
    assert.partialDeepStrictEqual(draft, {
      domain: 'architecture',
      topic: 'reaches-the-database',
      checks: [],
    });
    assert.equal((await desk.desk.propose(draft!)).revision, 1);
  });

  it('is none where nothing repeats, and an error where there is no such job', async (t) => {
    const desk = await openReviewDesk(t, { 'src/a.ts': sql });
    const job = await desk.review({});
    assert.deepEqual(await draftsOf(desk, job.id), []);
    await assert.rejects(draftsOf(desk, 'ffffffff-ffff'), { code: 'jobs.not_found' });
  });
});
