import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StandardFinding } from '../../../capabilities/checks/contract/index.ts';
import { paintFor } from '../terminal/paint.ts';
import { recordingTerminal } from '../testing.ts';
import { renderCheck } from './render-check.ts';

const finding = (changes: Partial<StandardFinding> = {}): StandardFinding => ({
  file: 'src/a.ts',
  line: 2,
  severity: 'high',
  standard: 'security/injection',
  section: 'Pattern',
  rule: null,
  message: 'Bind values.',
  quote: "db.query('a' + b)",
  ...changes,
});

test('[X8] a line that departs from two standards is one place with both, its code quoted once', () => {
  const findings = [
    finding(),
    finding({ standard: 'data/queries', severity: 'low', quote: "return db.query('a' + b);" }),
    finding({ line: 7, quote: 'two\nlines' }),
  ];
  const output = {
    findings,
    total: 3,
    checked: [],
    not_checked: [],
    skipped: [],
    left_out: [{ ...finding({ line: 9 }), reason: 'a script' }],
    incomplete: false,
    job_id: null,
    message: 'M.',
  };
  assert.deepEqual(renderCheck(output, paintFor(recordingTerminal())).split('\n'), [
    'src/a.ts:2  high  Bind values.  security/injection (Pattern)',
    '            low  Bind values.  data/queries (Pattern)',
    "    return db.query('a' + b);",
    'src/a.ts:7  high  Bind values.  security/injection (Pattern)',
    '    two',
    '    lines',
    '',
    'Left out by comments (1)',
    '  src/a.ts:9: security/injection, a script',
    '',
    'M.',
    '',
  ]);
});
