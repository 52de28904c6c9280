import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { approvableText, approvalKeys, hashOfStandard, withApproval } from './approvable-text.ts';
import { readFrontMatterLines } from './front-matter.ts';
import { parseStandard } from './parse-standard.ts';
import { splitText } from './split-text.ts';

const place = { domain: 'testing', topic: 'waiting' };
const standard = `---
domain: testing
topic: waiting
# a remark
"tags": [tests]
note: |
  approved_by: nobody
  approved_hash: none
---
# Waiting

Tests wait on signals.
`;
const approval = { approvedBy: 'Ada Example', approvedAt: '2026-11-21T12:00:00Z' };

/** The front matter as data, without what approval writes; `undefined` when it is refused. */
function dataOf(text: string): Record<string, unknown> | undefined {
  const { yaml } = splitText(text);
  if (yaml === undefined) return {};
  const read = readFrontMatterLines(yaml, 2);
  if ('reason' in read) return undefined;
  const isContent = ([key]: [string, unknown]) => !(approvalKeys as readonly string[]).includes(key);
  return Object.fromEntries(Object.entries(read.data).filter(isContent));
}

/** Lines that a hostile or careless author may write between the marks. */
const yamlLine = fc.oneof(
  fc.constantFrom(
    'domain: testing',
    'tags: [a,',
    '  b]',
    'b]',
    'approved_by: Ada',
    '"approved_by": \'Ada\'',
    "'approved_hash' : x # remark",
    'approved_at:',
    '  continued',
    '- item',
    'approved_by: &a [x]',
    'approved_by: &a x',
    'approved_by: !!str x',
    'applies_to: *a',
    'approved_by: |',
    'approved_by: "x',
    'approved_by: {',
    'text: "one',
    'two"',
    "text: 'one",
    "two'",
    'note: |',
    '  approved_by: inside',
    '  approved_at: inside',
    'note: >-',
    '!',
    '!!map',
    '&a',
    '? approved_by',
    ': value',
    ':',
    'bare:',
    '-:',
    '?',
    '-',
    '%x',
    'list: [',
    ']',
    ',',
    'map: {',
    'text: >+',
    'text: |2',
    '\t',
    '\tx: y',
    '"a',
    '*a : x',
    '<<: x',
    '# approved_by: remark',
    '',
    '   ',
    '...',
    '{',
    '}',
    'approved_by: a: b',
    'approved_by : x',
    'approved_by:x',
    'tail: x',
  ),
  fc.string({ maxLength: 20 }).map((text) => text.replaceAll(/[\r\n]/g, '')),
);
const anyText = fc
  .tuple(
    fc.array(yamlLine, { maxLength: 8 }),
    fc.array(fc.constantFrom('# T', 'text', '', '---'), { maxLength: 5 }),
  )
  .map(([yaml, body]) => ['---', ...yaml, '---', ...body].join('\n'));

describe('what is approved of a standard', () => {
  it('is the same with every line end, byte order mark, approval and further empty lines', () => {
    const expected = hashOfStandard(standard);
    const same = [
      standard.replaceAll('\n', '\r\n'),
      `\uFEFF${standard}`,
      standard.trimEnd(),
      `${standard}\n\n`,
      withApproval(standard, approval),
      withApproval(withApproval(standard, approval), { ...approval, approvedBy: 'x: "y" #z' }),
      standard.replace('# a remark', '# a remark\n\'approved_by\': "Ada \\" # Example" # remark'),
    ];
    for (const text of same) assert.equal(hashOfStandard(text), expected, text);
  });

  it('changes with every other character: order, quotes, spaces, remarks, and what only looks like approval', () => {
    const others = [
      standard.replace('domain: testing\ntopic: waiting', 'topic: waiting\ndomain: testing'),
      standard.replace('"tags"', 'tags'),
      standard.replace('# a remark\n', ''),
      standard.replace('signals.', 'signals. '),
      standard.replace('  approved_by: nobody', '  approved_by: somebody'),
      standard.replace('# a remark', 'approved_by: &x y'),
      standard.replace('# a remark', 'approved_by:\n  - x'),
      standard.replace('# a remark', 'approved_by: "two\n  lines"'),
      `${standard}approved_by: Ada\n`,
    ];
    const hashes = new Set([standard, ...others].map(hashOfStandard));
    assert.equal(hashes.size, others.length + 1);
  });

  it('never loses, or lets change unseen, data that a reader of the front matter sees', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const data = dataOf(text);
        fc.pre(data !== undefined);
        assert.deepEqual(dataOf(approvableText(text)), data);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is of front matter in whole lines: a key that would mean something else without the line above is refused', () => {
    const refused = [
      [['note:', 'approved_by: Ada', ': x'], 4, 'a key of the front matter has no name before its ":"'],
      [
        ['approved_by: Ada', 'key', ' : x'],
        3,
        'the ":" of a key of the front matter stands on the line of the key',
      ],
    ] as const;
    for (const [lines, line, reason] of refused)
      assert.deepEqual(readFrontMatterLines(lines, 2), { line, reason });
    for (const lines of [
      ['note: >+', '', 'approved_by: Ada'],
      ['note: >+', ''],
    ]) {
      const read = readFrontMatterLines(lines, 2);
      assert.equal('data' in read && read.data['note'], '\n');
    }
  });

  it('stays the same when it is taken again, and when approval is written, for any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyText, fc.string()),
        fc.string(),
        fc.string(),
        (text, approvedBy, approvedAt) => {
          const approved = withApproval(text, { approvedBy, approvedAt });
          assert.equal(approvableText(approvableText(text)), approvableText(text));
          assert.equal(approvableText(approved), approvableText(text));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('[A10] carries who approved it and the hash, whatever the name holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 50, unit: 'binary' }), async (approvedBy) => {
        const document = await parseStandard(withApproval(standard, { ...approval, approvedBy }), place);
        assert.equal(document.approvedBy, approvedBy.toWellFormed());
        assert.equal(document.approvedHash, hashOfStandard(standard));
        assert.equal(document.contentHash, hashOfStandard(standard));
        assert.deepEqual(document.problems, []);
      }),
    );
  });
});
