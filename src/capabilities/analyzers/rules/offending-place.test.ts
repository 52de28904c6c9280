import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { offendingPlace, placeOfPart, placesInText } from './offending-place.ts';
import { openParser } from './parser.ts';

/** Line and column from 1 of the place of the first node that matches. */
async function placeIn(grammar: string, text: string, rule: Record<string, unknown>) {
  const found = (await openParser()).parse(grammar, text).find({ rule });
  assert.ok(found !== null);
  const { start, end } = offendingPlace(found);
  return { line: start.line + 1, column: start.column + 1, endLine: end.line + 1 };
}

const chains = {
  Tsx: ['a\n  .b()\n  .c(1);', { pattern: '$X.c($Y)' }],
  TypeScript: ['a\n  ?.b()\n  ?.c(1);', { kind: 'call_expression', regex: 'c\\(1\\)$' }],
  python: ['x = (a\n  .b()\n  .c(1))', { pattern: '$X.c($Y)' }],
  go: ['package p\nfunc f() { a.\n  c(1) }', { kind: 'call_expression' }],
  java: ['class A { void f() { a\n  .b()\n  .c(1); } }', { pattern: '$X.c($Y)' }],
} as const;

describe('the place of a finding', () => {
  for (const [grammar, [text, rule]] of Object.entries(chains)) {
    it(`is the line of the call in a chain, not that of the chain's beginning (${grammar})`, async () => {
      const lines = text.split('\n');
      const line = lines.findIndex((one) => one.includes('c(1)')) + 1;
      const column = lines[line - 1]!.indexOf('c(1)') + 1;
      assert.deepEqual(await placeIn(grammar, text, rule), { line, column, endLine: line });
    });
  }

  it('is the whole call where its receiver stands on the same line, whatever its arguments take', async () => {
    const text = 'x;\n  a.b(\n  1,\n).c(2);';
    assert.deepEqual(await placeIn('Tsx', text, { pattern: '$X.b($Y)' }), { line: 2, column: 3, endLine: 4 });
    assert.deepEqual(await placeIn('Tsx', text, { pattern: '$X.c($Y)' }), { line: 4, column: 3, endLine: 4 });
  });

  it('is the node itself where it is no call of a method', async () => {
    const assignment = await placeIn('Tsx', 'a\n  .b = f(\n1)', { kind: 'assignment_expression' });
    assert.deepEqual(assignment, { line: 1, column: 1, endLine: 3 });
    const call = await placeIn('Tsx', 'f(\n1)', { kind: 'call_expression' });
    assert.deepEqual(call, { line: 1, column: 1, endLine: 2 });
  });

  it('is the part that makes it a finding where that begins below, and not a bare name', async () => {
    const root = (await openParser()).parse('Tsx', "db.query(\n  'x' + y,\n  z,\n);");
    const call = root.find({ rule: { kind: 'call_expression' } })!;
    const lineOf = (part: Record<string, unknown>) =>
      placeOfPart(call, root.find({ rule: part }) ?? undefined).start.line + 1;
    assert.equal(lineOf({ kind: 'binary_expression' }), 2);
    assert.equal(lineOf({ kind: 'identifier', regex: '^z$' }), 1);
    assert.equal(placeOfPart(call, undefined).start.line, 0);
  });

  it('is each line of a text that has what is found, not the beginning of the text', async () => {
    const root = (await openParser()).parse(
      'Tsx',
      'x;\n  f(`create table t (\n  price real,\n  total float\n)`);',
    );
    const text = root.find({ rule: { kind: 'string_fragment' } })!;
    const places = placesInText(text, /\b(?:price|total) (?:real|float)/g);
    assert.deepEqual(
      places.map(({ start, end }) => [start.line + 1, start.column + 1, end.line + 1]),
      [
        [3, 3, 3],
        [4, 3, 4],
      ],
    );
    assert.deepEqual(placesInText(text, /create/g)[0]?.start, { line: 1, column: 5 });
  });
});
