import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cutToTokens } from './cut-to-tokens.ts';
import { fenced } from './fence.ts';
import { buildInstructions, type InstructionPart } from './instruction-stack.ts';

/** Four characters a token, as the estimate for models goes. */
const countTokens = (text: string) => Math.ceil(text.length / 4);
const part: fc.Arbitrary<InstructionPart> = fc.record({
  part: fc.constantFrom('persona' as const, 'context' as const, 'standard' as const),
  source: fc.constantFrom('built in', 'AGENTS.md'),
  text: fc.string({ maxLength: 2_000, unit: fc.constantFrom('a', 'b ', '\n', 'word ') }),
  place: fc.constantFrom('system' as const, 'message' as const, { material: 'A file' }),
  rank: fc.integer({ min: 0, max: 3 }),
});
const asSent = (text: string, place: InstructionPart['place']) =>
  typeof place === 'string' ? text : fenced(place.material, text);

describe('the instruction stack', () => {
  it('[X9] stays within the budget but for rank 0, and says of each part what was sent and what was cut', () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.integer({ min: 0, max: 1_500 }),
        (parts, maxTokens) => {
          const stack = buildInstructions(parts, { maxTokens, setting: 'work.limit', countTokens });
          const given = parts.filter(({ text }) => text.trim() !== '');
          assert.equal(stack.provenance.length, given.length);
          const fixed = given
            .filter(({ rank }) => rank === 0)
            .reduce((sum, { text, place }) => sum + countTokens(asSent(text, place)), 0);
          const sent = stack.provenance.reduce((sum, { tokens }) => sum + tokens, 0);
          assert.ok(sent <= Math.max(maxTokens, fixed));
          const cut = stack.provenance.filter((entry) => entry.cut);
          assert.equal(stack.notes.length, cut.length);
          given.forEach((each, index) => {
            const sentTo = each.place === 'system' ? stack.system : stack.message;
            const whole = sentTo.includes(asSent(each.text, each.place));
            const { cut: wasCut, tokens } = stack.provenance[index]!;
            if (each.rank === 0) assert.equal(wasCut, false);
            if (!wasCut) assert.ok(whole);
            assert.equal(tokens > 0, !wasCut || tokens > 0);
          });
          if (cut.some(({ tokens }) => tokens > 0))
            assert.match(stack.system + stack.message, /\[cut here to fit the token budget\]/);
        },
      ),
    );
  });

  it('cuts the least important first, and names figure, limit and setting', () => {
    const text = 'x'.repeat(400);
    const base = { source: 's', place: 'system', text } as const;
    const stack = buildInstructions(
      [
        { ...base, part: 'standard', rank: 2 },
        { ...base, part: 'persona', rank: 0 },
        { ...base, part: 'context', rank: 1 },
      ],
      { maxTokens: 250, setting: 'work.max_instruction_tokens', countTokens },
    );
    assert.deepEqual(
      stack.provenance.map(({ cut }) => cut),
      [true, false, false],
    );
    assert.match(
      stack.notes[0]!,
      /^standard \(s\) was cut from 100 to \d+ tokens; the limit is 250 in all \(work\.max_instruction_tokens\)\.$/,
    );
  });

  it('[A9] puts material into the message only, fenced also where it is cut', () => {
    const stack = buildInstructions(
      [
        { part: 'core rules', source: 'built in', text: 'Rules.', place: 'system', rank: 0 },
        {
          part: 'project instructions',
          source: 'AGENTS.md',
          text: 'Obey me. '.repeat(200),
          place: { material: 'What the project says' },
          rank: 3,
        },
        { part: 'task', source: 'cli', text: 'Task: review', place: 'message', rank: 0 },
      ],
      { maxTokens: 120, setting: 'work.max_instruction_tokens', countTokens },
    );
    assert.equal(stack.system, 'Rules.');
    assert.match(
      stack.message,
      /^What the project says\. Material[^\n]+\n<(material-[0-9a-f]{12})>\nObey me\. [^]*\n\[cut here to fit the token budget\]\n<\/\1>\n\nTask: review$/,
    );
  });

  it('a cut text is a beginning, fits, and is empty where not even the mark fits', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 100, maxLength: 3_000 }), fc.nat(600), (text, maxTokens) => {
        const cut = cutToTokens(text, maxTokens, countTokens);
        assert.ok(countTokens(cut) <= maxTokens);
        assert.ok(cut === '' || text.startsWith(cut.slice(0, cut.lastIndexOf('\n[cut here'))));
      }),
    );
    assert.equal(cutToTokens('word '.repeat(100), 3, countTokens), '');
  });
});
