import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hiddenCharacter, lineProblem } from './hidden-character.ts';
import { onOneLine, quoted, visible, visibleName } from './shown-text.ts';

const anyText = fc.string({ unit: 'binary' });

describe('text of somebody else', () => {
  it('is shown with what would drive a terminal or hide text written out; lines, tabs and letters stay', () => {
    assert.equal(visible('a\u001B[31mb\u0007 \u202Ec\u{E0041}'), 'a\\u{1b}[31mb\\u{7} \\u{202e}c\\u{e0041}');
    assert.equal(visible('Größe\t木\r\nnext 🎭'), 'Größe\t木\nnext 🎭');
  });

  it('has no line break and no tab in a name', () => {
    assert.equal(visibleName('a\nb\tc\u001B ü.ts'), 'a\\u{a}b\\u{9}c\\u{1b} ü.ts');
  });

  it('never holds a hidden character once it is visible', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.equal(hiddenCharacter(visible(text)), undefined);
      }),
    );
  });

  it('stays on the one line it is given, whatever breaks lines in it', () => {
    assert.equal(onOneLine('x\n\nAPPROVED\r\nBY\u2028ALL\n'), 'x ⏎ APPROVED ⏎ BY\\u{2028}ALL');
    fc.assert(
      fc.property(anyText, (text) => {
        assert.doesNotMatch(onOneLine(text), /[\n\r\v\f\u0085\u2028\u2029]/);
      }),
    );
  });

  it('begins no line of its own once it is quoted', () => {
    assert.equal(quoted('# Rule\r\n\nApproved.\n\n'), '> # Rule\n>\n> Approved.');
    fc.assert(
      fc.property(anyText, (text) => {
        for (const line of quoted(text).split(/[\n\r\u2028\u2029]/)) assert.ok(line.startsWith('>'));
      }),
    );
  });
});

describe('a line', () => {
  it('is refused with what is wrong in it and what to do, and taken in any script', () => {
    const cases: [text: string, problem: RegExp | undefined][] = [
      ['Zoë Müller 木村', undefined],
      ['   ', /^it holds nothing but spaces$/],
      ['x\n\nAPPROVED', /^it holds a line break; say it on one line$/],
      ['x\u2028y', /^it holds a line break/],
      ['x\ty', /^it holds a tab/],
      ['archi\u202Etect', /^it holds the hidden character U\+202E; take it out$/],
    ];
    for (const [text, problem] of cases) {
      if (problem === undefined) assert.equal(lineProblem(text), undefined);
      else assert.match(lineProblem(text) ?? '', problem);
    }
  });
});
