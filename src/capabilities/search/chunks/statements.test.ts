import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOf } from './statements.ts';

const statements = (text: string) => statementsOf([{ text }]);

describe('statementsOf', () => {
  it('takes list items with the lines that continue them, without their marks', () => {
    const text =
      '## Pattern\n- Amounts are whole cents,\n  never floating point.\n2. Rounding is half to even.';
    assert.deepEqual(statements(text), [
      'Amounts are whole cents, never floating point.',
      'Rounding is half to even.',
    ]);
  });

  it('takes the sentences of paragraphs, and leaves headings, code and what is too short', () => {
    const text = [
      '# A heading of some length',
      'The first sentence wraps',
      'over two lines. The second one stands alone. Short one.',
      '',
      '```ts',
      'const code = "is no statement of the standard";',
      '```',
    ].join('\n');
    assert.deepEqual(statements(text), [
      'The first sentence wraps over two lines.',
      'The second one stands alone.',
    ]);
  });

  it('gives each once, and no more than twelve of all chunks together', () => {
    const items = Array.from({ length: 20 }, (_, n) => `- Statement number ${n} of the list`).join('\n');
    const found = statementsOf([{ text: items }, { text: items }]);
    assert.equal(found.length, 12);
    assert.equal(new Set(found).size, 12);
  });
});
