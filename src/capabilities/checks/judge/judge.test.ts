import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkedProject, loggingRule, standardText } from '../check-fixture.ts';
import { personaJudge, type PersonaJob } from './persona-judge.ts';

const code = 'export const a = 1;\nconsole.log(a);\n';

/** A persona whose job ends as given; what it was asked is kept. */
function persona(job: PersonaJob, noModel?: string) {
  const asked: { task: string; context: string }[] = [];
  const judge = personaJudge({
    noModel: () => noModel,
    invoke(task, context) {
      asked.push({ task, context });
      return Promise.resolve({ jobId: 'job-1' });
    },
    read: () => Promise.resolve(job),
    maxContextBytes: 20_000,
  });
  return { asked, judge };
}

const claim = (changes: Partial<PersonaJob['findings'][number]> = {}): PersonaJob['findings'][number] => ({
  file: 'src/a.ts',
  line: 2,
  severity: 'low',
  rule: null,
  title: '[a/naming] The name says nothing',
  quote: 'export const a = 1;',
  why: 'Readers guess.',
  remedy: 'Say what it holds.',
  placeVerified: true,
  ...changes,
});

const done = (findings: PersonaJob['findings']): PersonaJob => ({
  status: 'complete',
  failure: null,
  findings,
});
const standards = {
  'a/naming': standardText('Naming', [], 'Names say what they hold.'),
  'a/tests': standardText('Tests', ['applies_to: ["*.test.ts"]']),
  'b/logging': standardText('Logging', loggingRule),
};

describe('[X8] what no rule can check', () => {
  it('is not read for a diff that is not applied here: a persona reads the files as they lie', async (t) => {
    const { asked, judge } = persona(done([]));
    const { check, write, git } = await checkedProject(t, { files: { 'src/a.ts': code }, standards, judge });
    await write({ 'src/a.ts': `${code}// more\n` });
    const diff = git('diff');
    await write({ 'src/a.ts': code });
    const { not_checked } = await check({ diff });
    assert.equal(asked.length, 0);
    assert.match(
      not_checked[0]!.reason,
      /no rule can check it, and a persona reads the files in this project: apply/,
    );
  });

  it('goes to a persona with the standards that apply and the changes; its findings name the standard', async (t) => {
    const { asked, judge } = persona(
      done([claim(), claim({ title: 'Something else' }), claim({ placeVerified: false })]),
    );
    const { check, write, git } = await checkedProject(t, { files: { 'src/a.ts': code }, standards, judge });
    await write({ 'src/a.ts': `${code}// more\n` });
    const { findings, checked, not_checked, job_id, message } = await check({ diff: git('diff') });
    assert.deepEqual(findings, [
      {
        file: 'src/a.ts',
        line: 2,
        severity: 'low',
        standard: 'a/naming',
        section: 'Pattern',
        rule: null,
        message: 'The name says nothing. Say what it holds.',
        quote: 'export const a = 1;',
      },
    ]);
    assert.deepEqual(checked, ['b/logging', 'a/naming']);
    assert.deepEqual(not_checked, []);
    assert.equal(job_id, 'job-1');
    assert.match(message, /Left out: 2 claims of the persona without a verified place/);
    assert.equal(asked.length, 1);
    assert.match(asked[0]!.task, /They are a\/naming\./);
    assert.match(asked[0]!.context, /Names say what they hold\.[^]*\+\/\/ more/);
    assert.doesNotMatch(asked[0]!.context, /no-console-log/);
  });

  it('counts a finding for the standard that it cites or names, never for one whose id is part of another', async () => {
    const ids = ['a/naming', 'a/naming-files', 'b/logging'];
    const standardsOf = async (findings: PersonaJob['findings']) => {
      const verdict = await persona(done(findings)).judge.verdict('job-1', ids, { timeoutMs: 0 });
      assert.equal(verdict.state, 'done');
      return verdict.state === 'done' ? verdict.findings.map(({ standard }) => standard) : [];
    };
    assert.deepEqual(
      await standardsOf([
        claim({ title: '[a/naming-files] The file is called x' }),
        claim({ title: 'The file is called x', standard: 'a/naming-files', why: 'Unlike a/naming says.' }),
        claim({ title: 'A call of console', why: 'As b/logging asks.' }),
        claim({ title: '[b/logging] A call of console', why: 'It has nothing to do with a/naming.' }),
      ]),
      ['a/naming-files', 'a/naming-files', 'b/logging', 'b/logging'],
    );
    assert.deepEqual(await standardsOf([claim({ title: 'Between a/naming and b/logging' })]), []);
  });

  it('is named with the job that still reads it, or why it could not', async (t) => {
    for (const [job, reason] of [
      [
        { status: 'running', failure: null, findings: [] },
        'a persona has not finished reading it: `troupe jobs watch job-1` goes on with it',
      ],
      [
        { status: 'failed', failure: 'the model is gone', findings: [] },
        'the persona could not read it: the model is gone',
      ],
      [
        { status: 'cancelled', failure: null, findings: [] },
        'the persona could not read it: its job was cancelled',
      ],
    ] as const) {
      const { check } = await checkedProject(t, {
        files: { 'src/a.ts': code },
        standards,
        judge: persona(job).judge,
      });
      const { not_checked, job_id, checked } = await check({ paths: ['src'] });
      assert.deepEqual(not_checked, [{ standards: ['a/naming'], reason }]);
      assert.equal(job_id, 'job-1');
      assert.deepEqual(checked, ['b/logging']);
    }
  });

  it('is named where no model can read, and where only rules were asked for', async (t) => {
    const { judge, asked } = persona(done([]), 'no language model is configured');
    const { check } = await checkedProject(t, { files: { 'src/a.ts': code }, standards, judge });
    const offline = await check({ paths: ['src'] });
    assert.deepEqual(offline.not_checked, [
      { standards: ['a/naming'], reason: 'no rule can check it, and no language model is configured' },
    ]);
    const { judge: able } = persona(done([]));
    const online = await checkedProject(t, { files: { 'src/a.ts': code }, standards, judge: able });
    const rulesOnly = await online.check({ paths: ['src'], rules_only: true });
    assert.match(rulesOnly.not_checked[0]!.reason, /only rules were asked for/);
    assert.equal(asked.length, 0);
  });

  it("is handed over up to a limit, the project's own first; the others are named", async (t) => {
    const { judge, asked } = persona(done([]));
    const { check } = await checkedProject(t, {
      files: { 'src/a.ts': code },
      standards: {
        'z/own': standardText('Own', []),
        'z/scoped': standardText('Scoped', ['applies_to: ["src/**"]']),
      },
      shipped: { 'a/shipped': standardText('Shipped', []) },
      judge,
    });
    const { not_checked, checked } = await check({ paths: ['src'] });
    assert.deepEqual(checked, ['z/scoped', 'z/own']);
    assert.deepEqual(
      not_checked.flatMap(({ standards }) => standards),
      ['a/shipped'],
    );
    assert.match(not_checked[0]!.reason, /checks\.max_judged/);
    assert.match(asked[0]!.task, /They are z\/scoped, z\/own\./);
  });

  it('reaches the persona in a context of bounded size, with the standards whole', async (t) => {
    const { judge, asked } = persona(done([]));
    const { check, write, git } = await checkedProject(t, { files: { 'src/a.ts': code }, standards, judge });
    await write({ 'src/a.ts': `${code}${'// a long line of changes\n'.repeat(2_000)}` });
    await check({ diff: git('diff') });
    assert.ok(Buffer.byteLength(asked[0]!.context) <= 20_000);
    assert.match(asked[0]!.context, /Names say what they hold\./);
    assert.match(asked[0]!.context, /The changes are longer; read the files/);
  });
});
