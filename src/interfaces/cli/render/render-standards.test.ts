import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standardsRenderers } from './render-standards.ts';

const summary = {
  id: 'a/errors',
  file: '.agent-os/standards/a/errors.md',
  layer: 'project',
  approval: 'changed',
  status: 'retired',
  title: 'Errors',
  rule: 'Report errors in one shape. '.repeat(8),
  tags: [],
  created_by: null,
  times_found: 3,
  last_found_at: '2026-11-20T10:00:00.000Z',
};
const anchor = { file: 'src/a.ts', line: 4, quote: 'fail(\n  500)', state: 'moved', line_now: 9 };
const problem = { file: summary.file, line: 3, severity: 'error', message: 'wrong' };

const rendered = (operation: string, output: unknown) => standardsRenderers[operation]!(output).split('\n');

test('a list has a line for each standard, short enough to read, and names what cannot be used', () => {
  const unusable = [{ file: 'x.md', reason: 'why' }];
  const [first, second] = rendered('standards.list', { standards: [summary], unusable });
  assert.match(first!, /^a\/errors {2}retired, not confirmed {2}found 3× {2}Report errors.*…$/);
  assert.ok(first!.length < 140);
  const confirmed = { ...summary, approval: 'approved' };
  assert.match(
    rendered('standards.list', { standards: [confirmed], unusable: [] })[0]!,
    /^a\/errors {2}retired {2}found/,
  );
  assert.equal(second, '! x.md: why');
  assert.deepEqual(rendered('standards.list', { standards: [], unusable: [] }), ['No standards match.']);
});

test('a standard is shown with approval, use, evidence and why it was retired, then its text', () => {
  const lines = rendered('standards.show', {
    ...summary,
    text: '# Errors\n',
    retired_because: 'old',
    replaced_by: 'a/new',
    evidence: [anchor],
    problems: [{ ...problem, line: null }],
  });
  assert.deepEqual(lines, [
    'a/errors  changed, project, found 3×, last on 2026-11-20',
    '.agent-os/standards/a/errors.md',
    'Retired: old; in its place: a/new',
    'Nobody on this machine has confirmed that it is retired: troupe standards adopt a/errors',
    'Evidence:',
    '  src/a.ts:4 now in line 9: fail( 500)',
    '.agent-os/standards/a/errors.md: error: wrong',
    '',
    '# Errors',
  ]);
});

test('lint says where and how many', () => {
  assert.deepEqual(rendered('standards.lint', { ok: false, checked: 2, problems: [problem] }), [
    '.agent-os/standards/a/errors.md:3: error: wrong',
    '2 standards checked: 1 error, 0 warnings.',
  ]);
  assert.deepEqual(rendered('standards.lint', { ok: true, checked: 1, problems: [] }), [
    '1 standard checked: no problems.',
  ]);
});

test('health shows what there is, part by part, and nothing for what is fine', () => {
  const fine = {
    gone: [],
    anchors: [],
    changed: [],
    unapproved: [],
    broken_checks: [],
    contradictions: [],
    never_found: [],
    too_new: ['a/fresh'],
    unused: [],
    unusable: [],
    searches: { days: 365, total: 4, without_hit: 1 },
    message: 'All of it.',
  };
  const searches = '4 searches in 365 days, 1 of them without a hit.';
  assert.deepEqual(rendered('standards.health', fine), [searches, 'All of it.']);
  const text = rendered('standards.health', {
    ...fine,
    gone: [{ standard: 'a/lost', approved_by: 'ann', approved_at: '2026-03-01T10:00:00.000Z' }],
    anchors: [{ ...anchor, standard: 'a/errors' }],
    changed: ['a/edited'],
    contradictions: [
      {
        standards: ['a/x', 'a/y'],
        created_by: ['one', 'two'],
        rules: ['Do.', 'Do not.'],
        shared: ['api', 'errors'],
        closeness: 0.8,
      },
    ],
  }).join('\n');
  assert.match(text, /their files are gone: .*\n {2}a\/lost {2}approved on 2026-03-01 by ann\n/);
  assert.match(text, /moved or is gone:\n {2}a\/errors {2}src\/a\.ts:4 now in line 9/);
  assert.match(text, /Changed since approval:\n {2}a\/edited\n/);
  assert.match(text, /a\/x \(one\) and a\/y \(two\), both about api, errors\n {4}Do\.\n {4}Do not\./);
});

test('a template is printed as the file that it becomes', () => {
  assert.deepEqual(rendered('standards.template', { file: 'x.md', text: '---\n---\n# T\n' }), [
    '---',
    '---',
    '# T',
  ]);
});
