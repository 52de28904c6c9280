import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { scriptedModel, type ScriptedModelStep } from '../../models/testing.ts';
import { dataOf, openReviewDesk } from '../review-fixture.ts';

const pay = "export const pay = (db, id) => db.query('SELECT * FROM t WHERE id = ' + id);\n";
const finding = {
  severity: 'high',
  file: 'src/pay.ts',
  line: 1,
  quote: pay.trim(),
  title: 'SQL built from input',
  why: 'Whoever sets id reads every row.',
  remedy: 'Bind the value.',
};

/** A conversation of three turns with four calls: seven steps. */
function script(prompts: string[]): ScriptedModelStep[] {
  const expects: ScriptedModelStep['expects'] = (call) => {
    prompts.push(JSON.stringify(call.prompt));
  };
  return [
    {
      expects,
      reply: [
        { thinking: 'Where to begin?' },
        'I look first.',
        { tool: 'list_files', input: {} },
        { tool: 'read_file', input: { path: 'src/pay.ts' } },
      ],
    },
    {
      expects,
      reply: [
        { tool: 'report_finding', input: finding },
        { tool: 'no_such_tool', input: {} },
      ],
    },
    { expects, reply: 'One query is built from input.' },
  ];
}

async function reviewed(t: TestContext, stopsAfter: readonly number[]) {
  const desk = await openReviewDesk(t, { 'src/pay.ts': pay });
  const prompts: string[] = [];
  // The scripted model fails the test when a turn is asked for twice.
  const job = await desk.review({ model: scriptedModel(t, script(prompts)), stopsAfter });
  const { notes, ...review } = dataOf(job);
  return { job, prompts, review, notes };
}

describe('a review that a crash interrupts', () => {
  it('[X4] goes on behind its last step, wherever it was: same messages, same review, nothing done twice', async (t) => {
    const whole = await reviewed(t, []);
    assert.equal(whole.job.status, 'complete');
    assert.equal(whole.review.findings.length, 1);
    for (let step = 1; step <= 7; step++) {
      const { job, prompts, review, notes } = await reviewed(t, [step]);
      assert.deepEqual(prompts, whole.prompts, `after step ${step}`);
      assert.deepEqual(review, whole.review, `after step ${step}`);
      assert.equal(job.toolCalls, 4);
      assert.match(notes.join('\n'), /Resumed after \d finished turns?/);
    }
  });

  it('[X4] goes on after a crash at every single step', async (t) => {
    const whole = await reviewed(t, []);
    const { job, prompts, review } = await reviewed(t, [1, 1, 1, 1, 1, 1]);
    assert.deepEqual([prompts, review], [whole.prompts, whole.review]);
    assert.equal(job.attempt, 7);
  });

  it('[X4] the offline reviewer gives the same review when it goes on in the middle', async (t) => {
    const run = async (stopsAfter: readonly number[]) => {
      const desk = await openReviewDesk(t, { 'src/pay.js': `${pay}eval(process.argv[2]);\n` });
      return desk.review({ stopsAfter });
    };
    const whole = dataOf(await run([]));
    assert.ok(whole.findings.length > 0);
    for (let step = 1; step <= 5; step++) {
      const { notes: _, ...review } = dataOf(await run([step]));
      const { notes: __, ...expected } = whole;
      assert.deepEqual(review, expected, `after step ${step}`);
    }
  });

  it('[X4] keeps what a provider needs to see again, such as the signature of its thinking', async (t) => {
    const desk = await openReviewDesk(t, { 'src/pay.ts': pay });
    const signed = { anthropic: { signature: 'c2lnbmVk' } };
    const base = scriptedModel(t, [
      { reply: [{ thinking: 'hm' }, { tool: 'list_files', input: {} }] },
      { expects: /"signature":"c2lnbmVk"/, reply: 'done' },
    ]);
    const doStream: typeof base.doStream = async (call) => {
      const { stream } = await base.doStream(call);
      const signing = new TransformStream<Parts, Parts>({
        transform(part, to) {
          to.enqueue(part.type === 'reasoning-end' ? { ...part, providerMetadata: signed } : part);
        },
      });
      return { stream: stream.pipeThrough(signing) };
    };
    const job = await desk.review({ model: { ...base, doStream }, stopsAfter: [1] });
    assert.equal(job.status, 'complete');
  });
});

type Model = ReturnType<typeof scriptedModel>;
type Parts =
  Awaited<ReturnType<Model['doStream']>>['stream'] extends ReadableStream<infer Part> ? Part : never;
