import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Tiktoken } from 'js-tiktoken/lite';
import vocabulary from 'js-tiktoken/ranks/o200k_base';
import { countTokens, loadTokenCounter } from './index.ts';

describe('countTokens', () => {
  const library = new Tiktoken(vocabulary);
  const expected = (text: string) => library.encode(text, [], []).length;

  it('counts as the library does, for prose, code and every script', async () => {
    const texts = [
      '',
      'Change X to Y because Z.',
      "const rows = await db.query('select * from users where mail = $1', [mail]);\n\n\t\treturn rows;",
      'Größe, naïve café; 日本語のテキスト, emoji 👩‍💻🇩🇪, Ελληνικά, العربية',
      'a lone surrogate \uD800 in the text',
      '<|endoftext|> is ordinary text',
      `${'='.repeat(400)}\r\n${' '.repeat(300)}x`,
    ];
    for (const text of texts) assert.equal(await countTokens(text), expected(text), JSON.stringify(text));
  });

  it('counts any text as the library does', async () => {
    const { count } = await loadTokenCounter().then((counter) => ({
      count: (text: string) => counter.count(text),
    }));
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 }));
    fc.assert(fc.property(text, (given) => count(given) === expected(given)));
  });

  it('cuts a run that would take the library minutes, and counts at most one too many for each 512 bytes', async () => {
    const eightEach = await countTokens('a'.repeat(512));
    assert.equal(await countTokens('a'.repeat(51_200)), eightEach * 100);
  });
});
