import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { builtInFolder } from '../built-in/built-in-model.ts';
import { openWordPieces } from './word-pieces.ts';

const tokens = readFileSync(new URL('vocabulary.txt', builtInFolder), 'utf8').split('\n');
const wordPieces = openWordPieces(tokens);
const pieces = (text: string) =>
  Array.from(wordPieces(text, 256), (number) => tokens[number])
    .slice(1, -1)
    .join(' ');

describe('word pieces', () => {
  // As the models' own tokenizer cuts them.
  for (const [text, expected] of [
    ['Hello, world!', 'hello , world !'],
    ['getUserById() returns null', 'get ##user ##by ##id ( ) returns null'],
    ['naïve Überprüfung: 3.14%', 'naive uber ##pr ##uf ##ung : 3 . 14 %'],
    ['snake_case & kebab-case', 'snake _ case & ke ##ba ##b - case'],
    ['emoji 🙂 and tab\there\u200B!', 'em ##oj ##i [UNK] and tab here !'],
    ['C++/C#; x<=y^2', 'c + + / c # ; x < = y ^ 2'],
    [
      'supercalifragilisticexpialidocious',
      'super ##cal ##if ##rag ##ilis ##tic ##ex ##pia ##lid ##oc ##ious',
    ],
    [`${'a'.repeat(101)} b`, '[UNK] b'],
    ["don't   STOP", "don ' t stop"],
    ['e\u0301te\u0301 \u0130stanbul', 'et ##e istanbul'],
    ['``code`` $HOME ~/.ssh', '` ` code ` ` $ home ~ / . ss ##h'],
    ['', ''],
  ] as const) {
    it(`of ${JSON.stringify(text.slice(0, 40))} are those of the training`, () => {
      assert.equal(pieces(text), expected);
    });
  }

  it('begin and end with their marks and are never more than asked for, for any text', () => {
    const start = tokens.indexOf('[CLS]');
    const end = tokens.indexOf('[SEP]');
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.integer({ min: 2, max: 40 }),
        (text, most) => {
          const found = wordPieces(text, most);
          assert.ok(found.length >= 2 && found.length <= most);
          assert.equal(found[0], start);
          assert.equal(found.at(-1), end);
          assert.ok(found.every((number) => number >= 0 && number < tokens.length));
        },
      ),
    );
  });

  it('keep capitals where the vocabulary has them', () => {
    const cased = openWordPieces(['[UNK]', '[CLS]', '[SEP]', 'Go', 'go'], { lowercase: false });
    assert.deepEqual([...cased('Go go GO', 9)], [1, 3, 4, 0, 2]);
  });
});
