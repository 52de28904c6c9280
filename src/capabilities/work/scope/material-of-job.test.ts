import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Job } from '../../jobs/index.ts';
import { scriptedModel } from '../../models/testing.ts';
import { dataOf, openReviewDesk } from '../review-fixture.ts';

const cart = 'import { db } from "./db.js";\nexport const a = 1;\n';
const weak = 'export const k = eval(process.argv[2]);';
const diff = (file: string, before = 'export const a = 1;') =>
  `--- a/${file}\n+++ b/${file}\n@@ -2 +2,2 @@\n ${before}\n+${weak}\n`;
const made = `--- /dev/null\n+++ b/src/new.js\n@@ -0,0 +1 @@\n+${weak}\n`;
const files = { 'src/cart.js': cart, 'src/other.js': `${weak}\n` };

async function reviewOf(t: TestContext, context: string, task = 'review this diff') {
  const desk = await openReviewDesk(t, files);
  return dataOf(await desk.review({ task, context }));
}

const placesOf = (review: ReturnType<typeof dataOf>) =>
  review.findings.map(({ file, line, place_verified: verified }) => `${file}:${line} ${verified}`);

describe('an offline review of a diff', () => {
  it('judges the files as it would leave them, where it is not applied, and says so', async (t) => {
    const review = await reviewOf(t, diff('src/cart.js') + made);
    assert.deepEqual(placesOf(review), ['src/cart.js:3 true', 'src/new.js:1 true']);
    assert.deepEqual(
      [review.judged, review.scope],
      [true, 'the changed lines of src/cart.js and src/new.js'],
    );
    assert.match(
      review.notes.join('\n'),
      /not applied in 2 files here .* line numbers are those with it applied/,
    );
    assert.deepEqual(review.proposals, []);
  });

  it('judges nothing of a file that is another version, names it, and lets no gate pass', async (t) => {
    const other = await reviewOf(t, diff('src/cart.js', 'export const b = 1;') + diff('src/gone.js'));
    assert.deepEqual([other.judged, other.findings], [false, []]);
    assert.match(
      other.summary,
      /^\*\*Not judged:\*\* src\/cart\.js: neither .*; src\/gone\.js: not here\. Make/,
    );
    assert.match(other.summary, /Nothing was judged\.$/);
    assert.deepEqual(
      other.skipped.map(({ file }) => file),
      ['src/cart.js', 'src/gone.js'],
    );
    const part = await reviewOf(t, made + diff('src/gone.js'));
    assert.deepEqual([part.judged, placesOf(part)], [false, ['src/new.js:1 true']]);
    assert.match(part.summary, /\*\*Not judged:\*\* src\/gone\.js: not here/);
  });

  it('says where a context is not all UTF-8, and how it was read', async (t) => {
    const said = /not all UTF-8: it was read as that, and 2 places in it hold \uFFFD/;
    const latin = Buffer.from(diff('src/cart.js', 'export const a = "café ü";'), 'latin1').toString('utf8');
    assert.match((await reviewOf(t, latin)).notes.join('\n'), said);
    assert.doesNotMatch((await reviewOf(t, made)).notes.join('\n'), /UTF-8/);
  });

  it('is never one of the whole project', async (t) => {
    const deleted =
      '--- a/src/cart.js\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-import { db } from "./db.js";\n-export const a = 1;\n';
    for (const [context, task] of [
      [deleted, 'review this diff'],
      [made, 'review src/other.js'],
    ] as const) {
      const review = await reviewOf(t, context, task);
      assert.deepEqual([review.judged, review.findings, review.files_in_scope], [false, [], 0], task);
      assert.match(review.summary, /Nothing was judged\.$/);
    }
  });

  it('finds the secret that a diff adds, though it is masked in what the job holds', async (t) => {
    const desk = await openReviewDesk(t, files);
    const key = 'export const key = "[redacted: secret]";';
    const context = diff('src/cart.js').replace(weak, key);
    const review = dataOf(await desk.review({ task: 'review this diff', context }));
    assert.deepEqual(placesOf(review), ['src/cart.js:3 true']);
    assert.match(review.findings[0]!.rule!, /secret-in-code|hardcoded/);
  });
});

describe('an offline review of code that is given as context', () => {
  const isCodeAlone = ({ findings }: ReturnType<typeof dataOf>) =>
    findings.every(({ file }) => file.startsWith('(context).'));

  it('judges it by the rules of its language, at its lines, and not the project', async (t) => {
    for (const [context, place] of [
      [`const b = 1;\n${weak}\n`, '(context).ts:2 true'],
      ['See below.\n\n```python\nimport os\nos.system(input())\n```\n', '(context).py:5 true'],
    ] as const) {
      const review = await reviewOf(t, context, 'review this code');
      assert.deepEqual(placesOf(review), [place]);
      assert.ok(isCodeAlone(review));
      assert.equal(review.scope, 'the code in the context');
      assert.match(
        review.notes.join('\n'),
        /is the code in the context, no file; lines are those of the context/,
      );
    }
  });

  it('says that it cannot judge code in no language that has rules, and how to have it judged', async (t) => {
    const review = await reviewOf(t, 'fn main() { let x = f(1)?; unsafe { y!{} } }\n', 'review this code');
    assert.deepEqual([review.judged, review.findings], [false, []]);
    assert.match(review.summary, /names no language[^]*behind the fence[^]*Nothing was judged\./);
  });
});

describe('a language model with a context', () => {
  const told = (call: { prompt: unknown }) => JSON.stringify(call.prompt);
  const read = (path: string) => ({ tool: 'read_file', input: { path } });
  const claim = { severity: 'high', title: 'Runs input', why: 'Anyone runs code.', remedy: 'Parse it.' };
  const verified = (job: Job) => placesOf(dataOf(job));

  it('is told how the diff stands to the files, and reads them with it applied', async (t) => {
    const desk = await openReviewDesk(t, files);
    const model = scriptedModel(t, [
      {
        expects: (call) => {
          assert.match(
            told(call),
            /Scope: the changed lines of src\/cart\.js and src\/gone\.js, 1 text file\./,
          );
          assert.match(told(call), /Judge the lines that the diff adds or changes/);
          assert.match(told(call), /The diff is not applied in 1 file here \(src\/cart\.js\)/);
          assert.match(told(call), /Report no finding in what cannot be compared: src\/gone\.js: not here/);
        },
        reply: [read('src/cart.js')],
      },
      {
        expects: /3\\teval|3\\\\texport const k = eval|export const k = eval/,
        reply: [{ tool: 'report_finding', input: { ...claim, file: 'src/cart.js', line: 3, quote: weak } }],
      },
      { expects: /Recorded at src\/cart\.js:3; the place is verified/, reply: 'Done.' },
    ]);
    const context = diff('src/cart.js') + diff('src/gone.js');
    const job = await desk.review({ model, task: 'review this diff', context });
    assert.deepEqual(verified(job), ['src/cart.js:3 true']);
    assert.match(dataOf(job).notes.join('\n'), /Not compared with the diff: src\/gone\.js: not here/);
  });

  it('is given the code of the context as what the task is about', async (t) => {
    const desk = await openReviewDesk(t, files);
    const model = scriptedModel(t, [
      {
        expects: (call) => {
          assert.match(told(call), /Scope: the code in the context, 1 text file\./);
          assert.match(told(call), /which the task is about/);
        },
        reply: [read('(context).ts')],
      },
      { expects: /export const k = eval/, reply: 'Parse the value.' },
    ]);
    const job = await desk.review({ model, task: 'review this code', context: `${weak}\n` });
    assert.equal(dataOf(job).files_in_scope, 1);
  });
});
