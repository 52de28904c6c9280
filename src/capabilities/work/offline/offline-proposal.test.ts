import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { checkDraft, parseStandard } from '../../standards/index.ts';
import { dataOf, openReviewDesk, writeUserPersona, type ReviewDesk } from '../review-fixture.ts';

const shop = join(import.meta.dirname, '../../../../examples/checkout');

/** The example shop where the issue of a person would find it. */
async function openShop(t: TestContext): Promise<ReviewDesk> {
  const names = (await readdir(join(shop, 'src'))).filter((name) => name.endsWith('.ts'));
  const files = await Promise.all(
    names.map(async (name) => [
      `examples/checkout/src/${name}`,
      await readFile(join(shop, 'src', name), 'utf8'),
    ]),
  );
  return openReviewDesk(t, Object.fromEntries(files) as Record<string, string>);
}

const reviewOf = (desk: ReviewDesk) =>
  desk.review({ persona: 'architect', task: 'review examples/checkout' });
const requestsOf = ({ approvals, root }: ReviewDesk) =>
  approvals.store.list({ project: root }, { limit: 20 });
const file = '.agent-os/standards/architecture/error-responses.md';

describe('the offline reviewer and standards', () => {
  it('[A10] proposes one standard for error answers that differ, with its places and a check, on the example', async (t) => {
    const desk = await openShop(t);
    const job = await reviewOf(desk);
    const { proposals } = dataOf(job);
    assert.partialDeepStrictEqual(proposals, [
      {
        request_number: 1,
        standard: 'architecture/error-responses',
        title: 'One shape for error responses',
        flagged_now: 11,
      },
    ]);
    assert.equal(proposals[0]!.places.length, 10);
    assert.match(
      job.result!.trimEnd().split('\n').at(-1)!,
      /Proposed as a standard:\*\* One shape for error responses, at 11 places .*`troupe inbox show 1`/,
    );
    const [request] = await requestsOf(desk);
    const { text, notes } = await desk.approvals.kindOf(request!).show(request!);
    const place = { domain: 'architecture', topic: 'error-responses' };
    assert.deepEqual(await checkDraft(text, place), []);
    assert.match(notes.join('\n'), /flagged 11 places/);
    const { checks, evidence, appliesTo, questions } = await parseStandard(text, place);
    assert.deepEqual(checks[0], { uses: 'architecture/error-responses' });
    assert.deepEqual(appliesTo, ['examples/checkout/src/**/*.ts']);
    assert.equal(evidence.length, 10);
    assert.ok(questions.length > 0);
    assert.ok(!existsSync(join(desk.root, '.agent-os', 'standards')));
  });

  it('does not ask again while a proposal waits, and says where it waits; nor after a person rejected it', async (t) => {
    const desk = await openShop(t);
    await reviewOf(desk);
    const second = await reviewOf(desk);
    assert.match(
      second.result!,
      /Proposed before as a standard:\*\* architecture\/error-responses.*`troupe inbox show 1`/,
    );
    assert.deepEqual(dataOf(second).proposals, []);
    await desk.answer(1, 'reject', 'We use gRPC soon.');
    const third = await reviewOf(desk);
    assert.doesNotMatch(third.result!, /[Pp]roposed/);
    assert.equal((await requestsOf(desk)).length, 1);
  });

  it('[A9] cites the standard in the next review once a person approved it, and not once it was changed', async (t) => {
    const desk = await openShop(t);
    assert.ok(dataOf(await reviewOf(desk)).findings.every(({ standard }) => standard === null));
    await desk.answer(1, 'approve');
    const cited = (review: ReturnType<typeof dataOf>) =>
      new Set(
        review.findings
          .filter(({ rule }) => rule?.endsWith('/error-responses'))
          .map(({ standard }) => standard),
      );
    const next = await reviewOf(desk);
    const [citation, ...others] = cited(dataOf(next));
    assert.deepEqual(others, []);
    const line = Number(/:(\d+) \(Pattern\) \[approved\]$/.exec(citation!)![1]);
    const text = await readFile(join(desk.root, file), 'utf8');
    assert.equal(text.split('\n')[line - 1], '## Pattern');
    assert.match(
      next.result!,
      /Standard: `\.agent-os\/standards\/architecture\/error-responses\.md:\d+ \(Pattern\) \[approved\]`/,
    );
    assert.deepEqual(dataOf(next).proposals, []);

    await writeFile(join(desk.root, file), text.replace('Never 200.', 'Sometimes 200.'));
    const changed = dataOf(await reviewOf(desk));
    assert.deepEqual([...cited(changed)], [null]);
    assert.match(
      changed.notes.join('\n'),
      /Not cited: .*error-responses\.md, which was changed since a person approved it/,
    );
  });

  it('goes on after a crash at every step with one proposal and the same review', async (t) => {
    const whole = dataOf(await reviewOf(await openShop(t)));
    const steps = 3 + 2 + 1 + whole.findings.length;
    for (const step of [steps, steps + 1, steps + 2]) {
      const desk = await openShop(t);
      const job = await desk.review({
        persona: 'architect',
        task: 'review examples/checkout',
        stopsBefore: [step],
      });
      assert.equal(job.attempt, 2, `before step ${step}`);
      assert.equal((await requestsOf(desk)).length, 1);
      const { findings, proposals } = dataOf(job);
      assert.deepEqual(findings, whole.findings);
      assert.equal(proposals.length, 1);
    }
  });

  it('proposes nothing from a diff that does not hold the evidence, nor from a pattern a shipped standard covers', async (t) => {
    const desk = await openShop(t);
    const diff = [
      'diff --git a/examples/checkout/src/cart.ts b/examples/checkout/src/cart.ts',
      '--- a/examples/checkout/src/cart.ts',
      '+++ b/examples/checkout/src/cart.ts',
      '@@ -14,1 +15,1 @@',
      '+  if (!product) return json(res, 404, { message: `no product ${body.sku}`, code: 404 });',
    ].join('\n');
    const job = await desk.review({ persona: 'architect', task: 'review this change', context: diff });
    assert.deepEqual(dataOf(job).proposals, []);
    assert.doesNotMatch(job.result!, /standard/i);

    const sql =
      "import { db } from './db.ts';\nexport function find(name: string) {\n  return db.query('select * from t where n = ' + name);\n}\n";
    const other = await openReviewDesk(t, { 'src/a.ts': sql, 'src/b.ts': sql, 'src/c.ts': sql });
    const review = await other.review({ persona: 'security' });
    assert.deepEqual(dataOf(review).proposals, []);
    assert.match(
      dataOf(review).findings[0]!.standard!,
      /^troupe:security\/injection:\d+ \(Pattern\) \[shipped\]$/,
    );
    assert.match(
      review.result!,
      /pattern worth a standard of this project:\*\* SQL built from a variable, at 3 places .*troupe:security\/injection:\d+ .*covers it\. `troupe standards propose --from [0-9a-f]{4}` drafts it/,
    );
  });

  it('says why it could not propose, and leaves it to a person where the persona may not', async (t) => {
    const desk = await openShop(t);
    await writeUserPersona(
      desk,
      'quiet',
      'name: quiet\ndescription: Reviews.\ndisallowed_tools: [propose_standard]\npersona:\n  checks: [architecture]\n  standard_directory: architecture',
    );
    const job = await desk.review({ persona: 'quiet', task: 'review examples/checkout' });
    assert.match(job.result!, /pattern worth a standard of this project[^]*troupe standards propose --from/);
    assert.deepEqual(await requestsOf(desk), []);
    const none = await desk.review({
      persona: 'architect',
      task: 'review examples/checkout',
      settings: { maxProposals: 0 },
    });
    assert.match(none.result!, /Not proposed as a standard:\*\* work\.proposal_limit/);
  });
});
