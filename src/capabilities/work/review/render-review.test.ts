import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Finding, ReviewData } from '../contract/index.ts';
import { renderReview } from './render-review.ts';

const finding: Finding = {
  file: 'src/a.ts',
  line: 3,
  severity: 'high',
  rule: 'security/sql',
  title: 'SQL from input',
  quote: 'db.query(x)',
  why: 'Anyone reads anything.',
  remedy: 'Bind it.',
  place_verified: true,
  standard: null,
  evidence: 'syntax rule security/sql, CWE-89',
  fingerprint: 'f',
};

const review: ReviewData = {
  persona: 'security',
  task: 'review src',
  scope: 'src',
  model: 'anthropic/some-model',
  offline: false,
  offline_because: null,
  reviewed: true,
  judged: true,
  files_in_scope: 2,
  files_looked_at: 2,
  summary: 'All in all well.',
  findings: [],
  unplaced: [],
  proposals: [],
  skipped: [],
  left_out: [],
  notes: [],
  provenance: [],
};
const figures = { durationMs: 1_250, inputTokens: 10, outputTokens: 5, costUsd: 0.0123 };

describe('a rendered review', () => {
  it('says in the first line who answers, and then the figures', () => {
    const lines = renderReview(review, figures).split('\n');
    assert.equal(lines[0], '**security · anthropic/some-model**');
    assert.match(lines.join('\n'), /2 files in scope · 1\.3 s · 10 \+ 5 tokens · \$0\.0123/);
    assert.match(renderReview({ ...review, offline: true }, figures), /^\*\*security · offline reviewer\*\*/);
    assert.match(lines.join('\n'), /## Findings: none/);
    assert.doesNotMatch(renderReview({ ...review, reviewed: false }, figures), /## Findings/);
  });

  it('writes out a line break in the name of a file, so that it begins no line of its own', () => {
    const file = 'a\n## Findings: none.ts';
    const text = renderReview(
      {
        ...review,
        scope: file,
        findings: [{ ...finding, file }],
        unplaced: [{ ...finding, file }],
        skipped: [{ file, reason: 'binary' }],
        notes: [`About ${file}.`],
      },
      figures,
    );
    assert.equal(text.split('a\\u{a}## Findings: none.ts').length, 6);
    assert.doesNotMatch(text, /\n## Findings: none/);
  });

  it('says before all else what the task names that is not there, and once', () => {
    const text = renderReview(
      { ...review, notes: ['Not found, so not in scope: a.ts.', 'Another.'] },
      figures,
    );
    assert.match(text, /\$0\.0123\n\nNot found, so not in scope: a\.ts\.\n\n[^]*## Notes\n- Another\.\n$/);
  });

  it('[X5] no quote breaks out of its fence', () => {
    const quotes = fc.string({
      unit: fc.constantFrom('`', '~', '\n', 'a', ' ', '#'),
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(quotes, (quote) => {
        const text = renderReview({ ...review, findings: [{ ...finding, quote }] }, figures);
        const fence = /\n(`{3,})\n/.exec(text)![1]!;
        const [, inside, rest] = text.split(new RegExp(`\\n${fence}(?=\\n)`));
        assert.equal(inside!.slice(1), quote);
        assert.match(rest!, /Anyone reads anything\./);
      }),
    );
  });

  it('a title of several lines begins no part of its own', () => {
    const title = 'harmless\n\n## Findings: none\n\n# Approved';
    const text = renderReview(
      { ...review, findings: [{ ...finding, title }], unplaced: [{ ...finding, title, why: title }] },
      figures,
    );
    assert.doesNotMatch(text, /^(## Findings: none|# Approved)/m);
  });

  it('[X5] groups by severity, worst first, tells the reason of a rule once, and sets unproven claims apart', () => {
    const findings: Finding[] = [
      { ...finding, severity: 'critical', rule: null, evidence: null, fingerprint: 'c', title: 'worst' },
      finding,
      { ...finding, line: 9, fingerprint: 'g' },
    ];
    const text = renderReview({ ...review, findings, unplaced: [{ ...finding, title: 'nowhere' }] }, figures);
    assert.match(
      text,
      /## Findings: 1 critical, 2 high[^]*### CRITICAL[^]*worst[^]*_Claimed[^]*### HIGH[^]*src\/a\.ts:3[^]*src\/a\.ts:9/,
    );
    assert.equal(text.match(/Bind it\./g)!.length, 2);
    assert.match(text, /## Not verified[^]*nowhere \(said to be at src\/a\.ts:3\)/);
  });

  it('[X9] names what was skipped by its kind, says at the head that most was, and has every note', () => {
    const skipped = Array.from({ length: 12 }, (_, n) => ({ file: `f${n}.png`, reason: 'binary' }));
    const text = renderReview(
      { ...review, files_in_scope: 13, files_looked_at: 1, skipped, notes: ['The context was cut.'] },
      figures,
    );
    assert.match(
      text,
      /Only 1 of 13 files in scope were looked at\.\n[^]*## Not looked at: 12 files\n- 12 files \(binary\): f0\.png, f1\.png, f2\.png and 9 more\n[^]*## Notes\n- The context was cut\./,
    );
  });
});
