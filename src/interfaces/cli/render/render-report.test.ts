import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding, ReviewReport, Severity } from '../../../capabilities/work/contract/index.ts';
import { recordingTerminal } from '../testing.ts';
import { paintFor } from '../terminal/paint.ts';
import { renderReport } from './render-report.ts';

const paint = paintFor(recordingTerminal());

function finding(severity: Severity, line: number, changes: Partial<Finding> = {}): Finding {
  return {
    file: 'src/a.py',
    line,
    severity,
    rule: 'security/python/sql-from-string',
    title: 'SQL built from text',
    quote: 'db.execute(text)',
    why: 'Anybody reads the table.',
    remedy: 'Bind the values.',
    place_verified: true,
    standard: null,
    evidence: 'analyzer, CWE-89',
    fingerprint: `${severity}${line}`,
    ...changes,
  };
}

function report(changes: Partial<ReviewReport>): ReviewReport {
  return {
    job_id: '00000000-0000-7000-8000-000000001a2b',
    status: 'complete',
    persona: 'security',
    model: 'offline reviewer',
    offline: true,
    offline_because: 'no_model',
    judged: true,
    task: 'review',
    scope: 'src',
    summary: null,
    result: null,
    partial_result: null,
    error: null,
    duration_seconds: 1,
    tokens_used: { input: 0, output: 0 },
    cost_usd: null,
    findings: [],
    proposals: [],
    files_in_scope: 2,
    files_looked_at: 2,
    skipped: [],
    left_out: [],
    notes: [],
    provenance: [],
    ...changes,
  };
}

describe('renderReport', () => {
  it('says why no model answered: none is set, or nobody trusted the persona', () => {
    const first = (changes: Partial<ReviewReport>) =>
      renderReport(report(changes), paint, false).split('\n')[0]!;
    assert.match(first({}), /no language model is set; `troupe doctor`/);
    const untrusted = first({ persona: 'evil', offline_because: 'untrusted_persona' });
    assert.match(untrusted, /nobody has trusted this persona yet.*`troupe personas trust evil`/);
    assert.doesNotMatch(untrusted, /doctor/);
    assert.match(first({ offline_because: null }), /no language model was used/);
  });

  it('names the rule, and shows enough of a statement over several lines to see what it is about', () => {
    const quote = 'const rows = db\n      .prepare(sql)\n      .all(\n        name,\n      );';
    const shown = renderReport(report({ findings: [finding('high', 9, { quote })] }), paint, false);
    assert.match(
      shown,
      /src\/a\.py:9 {3}SQL built from text {3}CWE-89 {2}security\/python\/sql-from-string$/m,
    );
    const code = shown.split('\n').filter((line) => line.includes('│'));
    assert.deepEqual(code, [
      '        9 │ const rows = db',
      '       10 │   .prepare(sql)',
      '       11 │   .all( …',
    ]);
  });

  it('has headings only for what it shows, and counts the rest by severity', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
    const findings = [
      ...lines(12).map((line) => finding('high', line)),
      ...lines(5).map((line) => finding('medium', line)),
      finding('low', 1),
    ];
    const shown = renderReport(report({ findings }), paint, false);
    assert.match(shown, /^HIGH {2}12$/m);
    assert.doesNotMatch(shown, /^(MEDIUM|LOW)/m);
    assert.match(shown, /^6 more \(5 medium, 1 low\): `troupe jobs findings 1a2b`$/m);
    assert.match(renderReport(report({ findings }), paint, true), /^LOW {2}1$/m);
  });

  it('counts what was not looked at in files, with the reason of each', () => {
    const skipped = ['a.png', 'b.png', 'deep/x.md'].map((file) => ({
      file,
      reason: file.endsWith('.png') ? 'binary' : 'a standard lies at {domain}/{topic}.md',
    }));
    const shown = renderReport(report({ skipped }), paint, false);
    const said =
      'Not looked at: 2 files (binary), 1 file (a standard lies at {domain}/{topic}.md); `troupe jobs findings 1a2b --json` names them.';
    assert.ok(shown.includes(`\n${said}\n`), shown);
  });

  it('[X9] says at the head that most was skipped, and lists what comments leave out', () => {
    const leftOut = {
      file: 'src/a.js',
      line: 8,
      severity: 'critical' as const,
      rule: 'security/typescript/eval-of-input',
      title: 'Code from a value is run',
      reason: 'we trust it',
    };
    const few = { files_in_scope: 200, files_looked_at: 61, left_out: [leftOut] };
    const shown = renderReport(report(few), paint, false);
    assert.match(shown, /^Only 61 of 200 files in scope were looked at\.$/m);
    assert.match(
      shown,
      /^Left out by comments \(1\)\n {2}src\/a\.js:8 critical, Code from a value is run: we trust it$/m,
    );
  });

  it('shows what a failed review had said once, without its Markdown', () => {
    const partial = [
      '**qa · claude**\n\n# qa: src\n\n3 files in scope · 1.2 s · 10 + 4 tokens · $0.0001',
      '## First part\n\nThe **tests** are slow.\n\n## Notes\n- Cut.\n',
    ].join('\n\n');
    const error = {
      code: 'models.unreachable',
      message: 'It is gone.',
      remedy: 'Start it.',
      retryable: true,
    };
    const failed = report({
      status: 'failed',
      offline: false,
      persona: 'qa',
      partial_result: partial,
      error,
    });
    const shown = renderReport({ ...failed, model: 'claude' }, paint, false);
    assert.match(shown, /^First part\n\nThe tests are slow\.\n\nNotes\n- Cut\.$/m);
    assert.equal(shown.match(/qa · claude/g)?.length, 1);
    assert.doesNotMatch(shown, /\*\*|^#|in scope/m);
  });

  it('says under the title that the whole project is in scope, and what was not found', () => {
    const notes = ['Not found, so not in scope: src/gone.ts.', 'Two secrets were hidden.'];
    const shown = renderReport(report({ scope: 'the whole project', notes }), paint, false);
    const lines = shown.split('\n');
    const title = lines.findIndex((line) => line.startsWith('security: '));
    assert.match(lines[title + 1]!, /^Scope: the whole project, since no word/);
    assert.equal(lines[title + 2], notes[0]);
    assert.match(shown, /^Note: Two secrets were hidden\.$/m);
    assert.doesNotMatch(shown, /Note: Not found/);
    assert.doesNotMatch(renderReport(report({}), paint, false), /^Scope/m);
  });
});
