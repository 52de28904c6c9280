import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyzerErrors } from '../../analyzers/index.ts';
import { dataOf, openReviewDesk, writeUserPersona } from '../review-fixture.ts';
import { isQuestion } from './question.ts';

const risky = { 'src/run.js': 'eval(process.argv[2]);\n' };

describe('the offline reviewer', () => {
  it('[X1] reviews with real checks through the same tools, and says in the first line what it is', async (t) => {
    const desk = await openReviewDesk(t, risky);
    const job = await desk.review({});
    const review = dataOf(job);
    assert.match(
      job.result!,
      /^\*\*security · offline reviewer\*\* \(rules and structure only: no language model is set/,
    );
    assert.equal(review.findings[0]!.file, 'src/run.js');
    assert.equal(review.findings[0]!.place_verified, true);
    assert.notEqual(review.findings[0]!.evidence, null);
    assert.deepEqual([job.tokensInput, job.costUsd], [0, 0]);
  });

  it('[X1] answers a question with what it cannot do, and reviews nothing', async (t) => {
    const desk = await openReviewDesk(t, risky);
    const job = await desk.review({ task: 'Should we check passwords with bcrypt or argon2?' });
    assert.equal(dataOf(job).reviewed, false);
    assert.match(job.result!, /takes a language model[^]*Nothing was reviewed/);
    assert.doesNotMatch(job.result!, /## Findings/);
  });

  for (const [task, question] of [
    ['review src', false],
    ['find security problems in src', false],
    ['Can you check src/auth?', false],
    ['please audit src', false],
    ['help me review src', false],
    ['src', false],
    ['What should I check before a release?', true],
    ['Is there anything to find in src?', true],
    ['Explain how the audit log works', true],
    ['design an API for orders', true],
    ['why is the build slow', true],
  ] as const) {
    it(`takes "${task}" for a ${question ? 'question' : 'review'}`, () => {
      assert.equal(isQuestion(task), question);
    });
  }

  it('[X1] says that a file replaces a persona that has rules, how to have them, and what else works', async (t) => {
    const desk = await openReviewDesk(t, risky);
    await writeUserPersona(
      desk,
      'security',
      'name: Security\nstandard_directory: security\npriority: core\ndescription: Ours.',
    );
    const { result } = await desk.review({ persona: 'security' });
    assert.match(result!, /security\.md` replaces the persona security that has rules, and names no checks/);
    assert.match(result!, /```yaml\npersona:\n {2}checks: \[security\]\n```/);
    assert.match(result!, /What works offline: the personas .*\bqa\b/);
    assert.doesNotMatch(result!, /What works offline: .*\bsecurity\b/);
  });

  it('[X1] says that a persona without rules, or whose tools leave the checks out, cannot judge offline', async (t) => {
    const desk = await openReviewDesk(t, risky);
    await writeUserPersona(desk, 'poet', 'name: poet\ndescription: Reads verses.');
    assert.match(
      (await desk.review({ persona: 'poet' })).result!,
      /no rules for what poet looks at[^]*Nothing was reviewed/,
    );
    await writeUserPersona(
      desk,
      'reader',
      'name: reader\ndescription: Reads.\ntools: [read_file, list_files, search_standards]\npersona:\n  checks: [security]',
    );
    const job = await desk.review({ persona: 'reader' });
    assert.equal(job.status, 'complete');
    assert.match(job.result!, /Nothing was reviewed/);
    assert.equal(dataOf(job).reviewed, false);
  });

  it('[X9] says what it did not judge because its checks name a rule there is not', async (t) => {
    const desk = await openReviewDesk(t, risky);
    const checks = (list: string) => `description: Reads.\npersona:\n  checks: [${list}]`;
    await writeUserPersona(desk, 'guard', checks('security/weak-hash, security/evall'));
    const closing = (await desk.review({ persona: 'guard' })).result!;
    assert.match(
      closing,
      /\*\*Not judged:\*\* what security\/evall would look for: there is no rule security\/evall \(did you mean security\/eval-of-input\?\)\. Correct `checks` in .*guard\.md\./,
    );
    await writeUserPersona(desk, 'blind', checks('security/evall'));
    const blind = await desk.review({ persona: 'blind' });
    assert.match(blind.result!, /Nothing was reviewed[^]*\*\*Not judged:\*\* what security\/evall/);
    assert.equal(dataOf(blind).reviewed, false);
  });

  it('[X9] names file types without rules, skipped files, and an empty or ignored scope', async (t) => {
    const desk = await openReviewDesk(t, {
      'src/main.rs': 'fn main() {}\n',
      'src/image.png': '\u0000\u0001binary',
      'out/a.js': 'eval(x);\n',
      '.gitignore': 'out/\n',
    });
    const review = await desk.review({ task: 'review src' });
    assert.match(review.result!, /No file in scope has rules|No rules for/);
    assert.ok(dataOf(review).skipped.some(({ file }) => file === 'src/image.png'));
    const ignored = await desk.review({ task: 'review out' });
    assert.match(dataOf(ignored).summary, /\*\*Not judged:\*\* out is ignored \(\.gitignore/);
    assert.equal(dataOf(ignored).findings.length, 0);
    const missing = await desk.review({ task: 'review src/gone.ts' });
    assert.match(dataOf(missing).notes.join('\n'), /Not found, so not in scope: src\/gone\.ts/);
  });

  it('tells a scope that was only scanned for secrets from one where nothing was judged', async (t) => {
    const desk = await openReviewDesk(t, { 'docs/use.md': '# Use\n', 'package.json': '{"name":"a"}\n' });
    for (const [persona, task, judged, said] of [
      ['security', 'review docs', true, /scan for secrets .* ran over 1 file and found nothing/],
      ['sre', 'review package.json', true, /checks of manifests ran over 1 file/],
      ['architect', 'review docs', false, /No file in scope has rules: nothing was judged\./],
    ] as const) {
      const job = await desk.review({ persona, task });
      assert.equal(dataOf(job).judged, judged, persona);
      assert.match(job.result!, said);
    }
  });

  it('[X9] says what a comment leaves out, with its reason, and does not count the rule as one without a result', async (t) => {
    const desk = await openReviewDesk(t, {
      'src/run.js': '// troupe-ignore eval-of-input: we trust the operator\neval(process.argv[2]);\n',
    });
    const job = await desk.review({});
    const { findings, left_out: leftOut } = dataOf(job);
    assert.deepEqual(findings, []);
    assert.partialDeepStrictEqual(leftOut, [
      {
        file: 'src/run.js',
        line: 2,
        rule: 'security/typescript/eval-of-input',
        reason: 'we trust the operator',
      },
    ]);
    assert.match(
      job.result!,
      /## Left out by comments \(1\)\n- src\/run\.js:2 \w+, .+: we trust the operator\n/,
    );
    assert.doesNotMatch(job.result!, /without a result for:.*code run from input/);
  });

  it('[X9] says of a comment that leaves nothing out why; of a rule of another trade it says nothing', async (t) => {
    const lines = [
      '// troupe-ignore eval-of-input',
      'eval(process.argv[2]);',
      '// troupe-ignore evall: because',
      '// troupe-ignore: because',
      '// troupe-ignore security/eval-of-input: because',
      '// troupe-ignore empty-catch: because',
      'export const how = "// write troupe-ignore rule";',
    ];
    const desk = await openReviewDesk(t, { 'src/run.js': `${lines.join('\n')}\n` });
    const { findings, notes } = dataOf(await desk.review({}));
    assert.deepEqual(
      findings.map(({ line }) => line),
      [2],
    );
    const said = notes.find((note) =>
      note.startsWith('`troupe-ignore` comments that leave nothing out (4)'),
    )!;
    assert.match(
      said,
      /src\/run\.js:1 gives no reason for eval-of-input; src\/run\.js:3 names evall, and no rule/,
    );
    assert.match(
      said,
      /src\/run\.js:4 names no rule; src\/run\.js:5 names security\/eval-of-input, which finds/,
    );
  });

  it('says that a project has no test, also of a folder; not where tests lie beside the folder', async (t) => {
    const code = Array.from({ length: 60 }, (_, n) => `export const a${n} = ${n};\n`).join('');
    const without = await openReviewDesk(t, { 'src/a.ts': code, 'package.json': '{"name":"shop"}\n' });
    for (const [task, place] of [
      ['review', 'package.json'],
      ['review src', 'src/a.ts'],
    ] as const) {
      const { findings } = dataOf(await without.review({ persona: 'qa', task }));
      assert.deepEqual(
        findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`),
        [`${place}:1 testing/any/no-tests`],
      );
    }
    const beside = await openReviewDesk(t, { 'src/a.ts': code, 'test/a.test.ts': "import '../src/a.ts';\n" });
    const { findings } = dataOf(await beside.review({ persona: 'qa', task: 'review src' }));
    assert.deepEqual(findings, []);
  });

  it('[X9] says which files it could read in part only, and where', async (t) => {
    const desk = await openReviewDesk(t, {
      'src/broken.js': 'export const a = 1;\nfunction f( {{{{ \n',
      'src/ok.js': 'export const b = 1;\n',
    });
    const { summary, notes } = dataOf(await desk.review({}));
    assert.match(summary, /ran over 2 files, 1 of them read in part \(see the notes\)\. They found nothing/);
    assert.match(
      notes.join('\n'),
      /^Read in part, because of a syntax error .*first at src\/broken\.js:2: /m,
    );
  });

  it('[X1] finishes on an empty project', async (t) => {
    const desk = await openReviewDesk(t, {});
    const job = await desk.review({ task: 'review everything' });
    assert.equal(job.status, 'complete');
    assert.equal(dataOf(job).files_in_scope, 0);
  });

  it('fails, with the reason, when the analyzers fail', async (t) => {
    const desk = await openReviewDesk(t, risky);
    const broken = () => Promise.reject(new Error('the grammar is missing'));
    const job = await desk.review({ deps: { analyze: broken } });
    assert.partialDeepStrictEqual(job, { status: 'failed', failure: { code: 'internal.unexpected' } });
    assert.match(job.failure!.message, /the grammar is missing/);
    assert.ok(Object.keys(analyzerErrors).length > 0);
  });

  it('[X9] with more results than one answer holds shows the worst and says how many are left', async (t) => {
    const desk = await openReviewDesk(t, { 'src/many.js': 'eval(process.argv[2]);\n'.repeat(2_300) });
    const job = await desk.review({});
    assert.equal(job.status, 'complete');
    assert.match(job.result!, /\*\*Not shown:\*\* \d+ more results/);
    assert.equal(dataOf(job).findings.length, 2_000);
  });
});
