import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../../kernel/index.ts';
import { withRetirement } from '../document/retirement.ts';
import { checkHealth } from './check-health.ts';
import { openLibraryFixture, own, shipped, standardText } from './library-fixture.ts';

const dayMs = 86_400_000;

describe('the health of standards', () => {
  it('says that nothing needs a person, without standards too', async (t) => {
    const { call } = await openLibraryFixture(t, { [`${shipped}/b/x.md`]: standardText('b/x') });
    const health = await call(checkHealth, {});
    assert.deepEqual(health.standards, { project: 0, language: 0, universal: 1, retired: 0 });
    assert.match(health.message, /nothing needs a person\.$/);
    const { never_found: never, unused, unapproved, changed, anchors } = health;
    assert.deepEqual([never, unused, unapproved, changed, anchors], [[], [], [], [], []]);
  });

  it('names evidence that moved or is gone, what was changed, never approved, and checks that cannot run', async (t) => {
    const text = standardText('a/anchored', {
      evidence: [
        { file: 'src/a.ts', line: 1, quote: 'stays();' },
        { file: 'src/a.ts', line: 1, quote: 'moved();' },
        { file: 'src/b.ts', line: 1, quote: 'x' },
      ],
      checks: [{ uses: 'nobody/ships-this' }],
    });
    const { call, approve } = await openLibraryFixture(
      t,
      {
        [`${own}/a/anchored.md`]: text,
        [`${own}/a/edited.md`]: standardText('a/edited'),
        [`${own}/a/foreign.md`]: standardText('a/foreign'),
        [`${own}/a/retired.md`]: withRetirement(text, { because: 'old', replacedBy: null }),
        [`${own}/flat.md`]: '# flat',
        'project/src/a.ts': 'stays();\nmoved();\n',
      },
      { brokenChecks: { 'nobody/ships-this': 'no rule has that name' } },
    );
    approve('a/anchored', text);
    approve('a/edited', standardText('a/edited', { title: 'Before' }));
    const health = await call(checkHealth, {});
    assert.deepEqual(
      health.anchors.map(({ standard, state, line_now: line }) => [standard, state, line]),
      [
        ['a/anchored', 'moved', 2],
        ['a/anchored', 'file-gone', null],
      ],
    );
    assert.deepEqual([health.changed, health.unapproved], [['a/edited'], ['a/foreign']]);
    assert.deepEqual(health.broken_checks, [
      { standard: 'a/anchored', check: 'nobody/ships-this', reason: 'no rule has that name' },
    ]);
    assert.equal(health.standards.retired, 1);
    assert.equal(health.unusable.length, 1);
    assert.match(
      health.message,
      /2 pieces of evidence moved or gone, 1 changed since approval, 1 unapproved/,
    );
  });

  it('[A14] names what no search returned, ever or for the days asked for, and counts the searches', async (t) => {
    let now = Date.UTC(2026, 5, 1);
    const clock = { ...systemClock, now: () => now };
    const { call, uses } = await openLibraryFixture(
      t,
      {
        [`${own}/a/never.md`]: standardText('a/never'),
        [`${own}/a/once.md`]: standardText('a/once'),
        [`${own}/a/often.md`]: standardText('a/often'),
        [`${shipped}/b/shipped.md`]: standardText('b/shipped'),
      },
      { clock },
    );
    uses.note(['a/once', 'a/often']);
    now += 90 * dayMs;
    uses.note(['a/often']);
    uses.note([]);
    const health = await call(checkHealth, {});
    assert.deepEqual(health.never_found, ['a/never']);
    assert.deepEqual(health.unused, [
      { standard: 'a/once', last_found_at: '2026-06-01T00:00:00.000Z', days_ago: 90 },
    ]);
    assert.deepEqual(health.searches, { days: 365, total: 3, without_hit: 1 });
    assert.deepEqual((await call(checkHealth, { days: 91 })).unused, []);
  });

  it('[A14] tells what is too new from what was never found: approved, updated or counted for less than 30 days', async (t) => {
    const start = Date.UTC(2026, 0, 1);
    let now = start;
    const day = (days: number) => new Date(start + days * dayMs).toISOString();
    const updated = (id: string, at: string) => standardText(id, { createdAt: at });
    const texts = {
      'a/old': updated('a/old', day(-400)),
      'a/approved': updated('a/approved', day(-400)),
      'a/edited': updated('a/edited', day(95)),
      'a/ahead': updated('a/ahead', day(4_000)),
      'a/undated': standardText('a/undated').replace(/^(?:created_at|last_updated):.*\n/gm, ''),
      'a/found': updated('a/found', day(99)),
    };
    const { call, uses, approve } = await openLibraryFixture(
      t,
      Object.fromEntries(Object.entries(texts).map(([id, text]) => [`${own}/${id}.md`, text])),
      { clock: { ...systemClock, now: () => now } },
    );
    approve('a/old', texts['a/old'], start - 300 * dayMs);
    approve('a/approved', texts['a/approved'], start + 80 * dayMs);
    const unfound = async () => {
      const { never_found, too_new, message } = await call(checkHealth, {});
      return { never_found, too_new, tail: /\. (.*)$/.exec(message)?.[1] };
    };
    const all = Object.keys(texts).sort();
    assert.deepEqual(await unfound(), {
      never_found: [],
      too_new: all,
      tail: '6 are too new to tell whether searches find them.',
    });
    uses.note(['a/found']);
    now = start + 29 * dayMs;
    const others = all.filter((id) => id !== 'a/found');
    assert.deepEqual((await unfound()).too_new, others, 'searches are counted for 29 days');
    now = start + 100 * dayMs;
    assert.deepEqual(await unfound(), {
      never_found: ['a/ahead', 'a/old', 'a/undated'],
      too_new: ['a/approved', 'a/edited'],
      tail: '2 are too new to tell whether searches find them.',
    });
    now = start + 124 * dayMs;
    assert.deepEqual(await unfound(), {
      never_found: ['a/ahead', 'a/approved', 'a/old', 'a/undated'],
      too_new: ['a/edited'],
      tail: '1 is too new to tell whether searches find it.',
    });
    now = start + 125 * dayMs;
    assert.deepEqual([(await unfound()).never_found, (await unfound()).too_new], [others, []]);
  });

  it('gives near neighbours of one topic from different hands to a person, nearest first, each pair once', async (t) => {
    const rule = (topic: string) => ({ lead: `Rule of ${topic}.` });
    const { call, findFor } = await openLibraryFixture(t, {
      [`${own}/a/one.md`]: standardText('a/one', { ...rule('one'), tags: ['a', 'api', 'errors'] }),
      [`${own}/a/same-domain.md`]: standardText('a/same-domain', { createdBy: 'qa' }),
      [`${own}/a/two.md`]: standardText('a/two', {
        ...rule('two'),
        createdBy: 'security',
        tags: ['api', 'errors'],
      }),
      [`${own}/a/same-hand.md`]: standardText('a/same-hand', rule('same-hand')),
      [`${own}/z/other-topic.md`]: standardText('z/other-topic', { ...rule('z'), createdBy: 'qa' }),
      [`${own}/a/retired.md`]: withRetirement(standardText('a/retired', { createdBy: 'qa' }), {
        because: 'old',
        replacedBy: null,
      }),
      [`${shipped}/z/tagged.md`]: standardText('z/tagged', { createdBy: 'troupe', tags: ['api'] }),
    });
    const near = (id: string, relevance: number) => ({ id, relevance });
    findFor({
      'Rule of one.': [
        near('a/one', 0.8),
        near('a/two', 0.6),
        near('z/tagged', 0.72),
        near('a/same-hand', 0.7),
        near('a/same-domain', 0.8),
        near('z/other-topic', 0.7),
        near('a/retired', 0.7),
      ],
      'Rule of two.': [near('a/two', 0.8), near('a/one', 0.5), near('a/same-hand', 0.1)],
    });
    const { contradictions } = await call(checkHealth, {});
    assert.deepEqual(contradictions, [
      {
        standards: ['a/one', 'z/tagged'],
        created_by: ['architect', 'troupe'],
        rules: ['Rule of one.', 'Do tagged as it is written here.'],
        shared: ['api'],
        closeness: 0.9,
      },
      {
        standards: ['a/one', 'a/two'],
        created_by: ['architect', 'security'],
        rules: ['Rule of one.', 'Rule of two.'],
        shared: ['api', 'errors'],
        closeness: 0.75,
      },
    ]);
  });
});
