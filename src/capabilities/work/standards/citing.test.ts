import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { reviewData } from '../contract/index.ts';
import { scriptedModel } from '../../models/testing.ts';
import { renderDraft } from '../../standards/index.ts';
import { dataOf, openReviewDesk, type ReviewDesk } from '../review-fixture.ts';
import { namedIn } from './citation.ts';
import { standardsReader } from './standards-in-use.ts';

const code = {
  'src/a.ts': 'export const a = 1;\nexport const b = 2;\n',
  'src/run.js': 'eval(process.argv[2]);\n',
};

const text = (topic: string, changes: Partial<Parameters<typeof renderDraft>[0]> = {}) =>
  renderDraft({
    domain: 'development',
    topic,
    title: `About ${topic}`,
    lead: 'Name things by what they are.',
    sections: {
      Context: 'Because.',
      Pattern: 'Name it.',
      Examples: '`a`',
      'Anti-patterns': '`b`',
      'When to revisit': 'Never.',
    },
    createdBy: 'kim',
    createdAt: '2026-11-21T00:00:00Z',
    ...changes,
  });

async function write({ root }: ReviewDesk, topic: string, content: string): Promise<void> {
  const path = join(root, '.agent-os', 'standards', 'development', `${topic}.md`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** A standard that a person approved, by the way that standards go. */
async function approve(desk: ReviewDesk, topic: string, content = text(topic)): Promise<void> {
  const { requestNumber } = await desk.desk.propose({
    domain: 'development',
    topic,
    text: content,
    createdBy: 'kim',
  });
  await desk.answer(requestNumber, 'approve');
}

const open = (t: TestContext) => openReviewDesk(t, code);

describe('a finding of a hosted model', () => {
  it('[A9] cites approved and shipped standards, by id, file or citation, and no others; a note says why', async (t) => {
    const desk = await open(t);
    await approve(desk, 'names');
    await approve(desk, 'gone', text('gone'));
    await write(desk, 'mine', text('mine'));
    await approve(desk, 'edited');
    await write(desk, 'edited', text('edited', { lead: 'Something else.' }));
    const retired = text('old').replace('\n---\n', '\nstatus: retired\nretired_because: x\n---\n');
    await approve(desk, 'old');
    await write(desk, 'old', retired);
    const names = [
      'development/names',
      '.agent-os/standards/development/names.md',
      '`.agent-os/standards/development/names.md:1 (Context) [approved]`',
      'troupe:security/injection',
      'development/mine',
      'development/edited',
      'development/old',
      'development/none',
      '../../etc/passwd',
    ];
    const about = {
      severity: 'low',
      file: 'src/a.ts',
      line: 1,
      quote: 'export const a = 1;',
      why: 'w',
      remedy: 'r',
    };
    const calls = names.map((standard, at) => ({
      tool: 'report_finding',
      input: { ...about, title: `finding ${at}`, standard },
    }));
    const model = scriptedModel(t, [
      { reply: calls },
      {
        expects:
          /Not cited: no person approved the standard development\/mine[^]*development\/edited[^]*development\/old is retired[^]*there is no standard/,
        reply: 'Done.',
      },
    ]);
    const review = dataOf(await desk.review({ model }));
    const cited = review.findings
      .toSorted((a, b) => (a.title < b.title ? -1 : 1))
      .map(({ standard }) => standard?.replace(/:\d+ /, ':N ') ?? null);
    const names1 = '.agent-os/standards/development/names.md:N';
    assert.deepEqual(cited, [
      `${names1} (Pattern) [approved]`,
      `${names1} (Pattern) [approved]`,
      cited[2],
      'troupe:security/injection:N (Pattern) [shipped]',
      null,
      null,
      null,
      null,
      null,
    ]);
    assert.match(cited[2]!, /names\.md:N \(.+\) \[approved\]$/);
    assert.equal(review.notes.filter((note) => note.startsWith('Not cited')).length, 5);
    assert.deepEqual(reviewData.parse(review), review);
  });

  it('is given the standard that carries the rule an analyzer supports, and none for a rule it only claims', async (t) => {
    const desk = await open(t);
    const rule = 'security/typescript/eval-of-input';
    await approve(desk, 'no-eval', text('no-eval', { checks: [{ uses: 'security/eval-of-input' }] }));
    const about = { severity: 'high', line: 1, why: 'w', remedy: 'r', rule };
    const claimed = { ...about, file: 'src/a.ts', quote: 'export const a = 1;', title: 'claimed' };
    const proven = { ...about, file: 'src/run.js', quote: 'eval(process.argv[2]);', title: 'proven' };
    const model = scriptedModel(t, [
      { reply: [{ tool: 'run_analyzers', input: { packs: ['security'] } }] },
      {
        expects: new RegExp(rule),
        reply: [claimed, proven].map((input) => ({ tool: 'report_finding', input })),
      },
      { reply: 'Done.' },
    ]);
    const { findings } = dataOf(await desk.review({ model }));
    const cited = findings.map(({ title, standard }) => [title, standard?.split(':')[0] ?? null]);
    assert.deepEqual(cited.toSorted(), [
      ['claimed', null],
      ['proven', '.agent-os/standards/development/no-eval.md'],
    ]);
  });
});

describe('the standards of a job', () => {
  it('prefer what a person approved to what ships, and follow the files', async (t) => {
    const desk = await open(t);
    const read = standardsReader(desk.library);
    const shipped = await read().carrierOf('security/python/sql-from-string');
    assert.equal(shipped?.approval, 'shipped');
    const checks = [{ uses: 'security/sql-from-string' }];
    await write(desk, 'sql', text('sql', { checks }));
    assert.equal((await read().carrierOf('security/python/sql-from-string'))?.approval, 'shipped');
    await rm(join(desk.root, '.agent-os', 'standards'), { recursive: true });
    await approve(desk, 'sql', text('sql', { checks }));
    const approved = await read().carrierOf('security/python/sql-from-string');
    assert.deepEqual([approved?.id, approved?.approval], ['development/sql', 'approved']);
    assert.equal(await read().carrierOf('security/python/made-up'), undefined);
  });

  it('cite a shipped one beside an unapproved one of its name, each as what it is', async (t) => {
    const desk = await open(t);
    const shipped = await standardsReader(desk.library)().carrierOf('security/python/sql-from-string');
    const file = join(desk.root, '.agent-os', 'standards', `${shipped!.id}.md`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text('stub'));
    const standards = standardsReader(desk.library)();
    const carrier = await standards.carrierOf('security/python/sql-from-string');
    assert.deepEqual(carrier, { ...shipped, id: `troupe:${shipped!.id}` });
    assert.deepEqual(await standards.cite(carrier.citation), { citation: carrier.citation });
    assert.match(JSON.stringify(await standards.cite(shipped!.id)), /no person approved/);
  });

  it('are for the files of their globs', async (t) => {
    const desk = await open(t);
    await write(desk, 'api', text('api', { appliesTo: ['src/api/**'] }));
    await write(desk, 'all', text('all'));
    const standards = standardsReader(desk.library)();
    assert.equal(await standards.isFor('development/api', ['src/api/a.ts', 'src/b.ts']), true);
    assert.equal(await standards.isFor('development/api', ['src/b.ts']), false);
    assert.equal(await standards.isFor('development/all', ['src/b.ts']), true);
    assert.equal(await standards.isFor('development/api', []), true);
  });
});

describe('a citation', () => {
  for (const [given, name, line] of [
    ['a/b', 'a/b', undefined],
    ['.agent-os/standards/a/b.md:12 (Pattern) [approved]', '.agent-os/standards/a/b.md', 12],
    ['`troupe:a/b:3 (Why (and how)) [shipped]`', 'troupe:a/b', 3],
    ['troupe:a/b', 'troupe:a/b', undefined],
  ] as const) {
    it(`"${given}" names ${name}`, () => {
      assert.deepEqual(namedIn(given), line === undefined ? { name } : { name, line });
    });
  }
});
