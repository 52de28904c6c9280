import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { builtInFolder, builtInModel } from './built-in-model.ts';
import { openEncoder, type Encoder } from './encoder.ts';

const texts = [
  'How should an endpoint report a failure?',
  'Every endpoint answers errors in one shape: a stable code, what happened, what to do.',
  'The customer pressed pay twice and was charged double',
  'A write that may be retried carries a key and has its effect once.',
  'Postgres migrations: rename a column in steps that old and new code both survive.',
];

/** Scalar products of the texts' vectors by the full model in 32-bit floating point. */
const byTheFullModel = [
  [1, 0.5944, -0.0055, -0.0105, -0.0431],
  [0.5944, 1, 0.0097, 0.021, 0.0474],
  [-0.0055, 0.0097, 1, 0.1569, 0.0131],
  [-0.0105, 0.021, 0.1569, 1, 0.1644],
  [-0.0431, 0.0474, 0.0131, 0.1644, 1],
];

const product = (left: Float32Array, right: Float32Array) =>
  left.reduce((sum, value, index) => sum + value * right[index]!, 0);

describe('the built-in model', () => {
  let encoder: Encoder;
  before(async () => {
    encoder = await openEncoder(builtInFolder);
  });
  const encode = (text: string, lane: 0 | 1 = 0) => encoder.encode(text, lane, () => undefined);

  it('[A13] puts texts as near to each other as the full model does', () => {
    const vectors = texts.map((text) => encode(text));
    for (const [row, expected] of byTheFullModel.entries()) {
      for (const [column, wanted] of expected.entries()) {
        const got = product(vectors[row]!, vectors[column]!);
        assert.ok(Math.abs(got - wanted) < 0.03, `${row}, ${column}: ${got} for ${wanted}`);
      }
    }
  });

  it('gives the same vector in both lanes, also when one text is half way', () => {
    const alone = texts.map((text) => encode(text));
    const meanwhile: Float32Array[] = [];
    const long = `${texts.join(' ')} `.repeat(3);
    const undisturbed = encode(long);
    const disturbed = encoder.encode(long, 0, () => {
      if (meanwhile.length < texts.length) meanwhile.push(encode(texts[meanwhile.length]!, 1));
    });
    assert.deepEqual(meanwhile, alone);
    assert.deepEqual(disturbed, undisturbed);
  });

  it('gives the same vectors when a second thread takes halves of the work', async () => {
    const shared = await openEncoder(builtInFolder);
    shared.addPartner();
    for (let round = 0; round < 20; round += 1) {
      for (const text of texts)
        assert.deepEqual(
          shared.encode(text, 1, () => undefined),
          encode(text),
        );
    }
  });

  for (const [what, text] of [
    ['an empty text', ''],
    ['one letter', 'a'],
    ['a text of exactly one block', 'a '.repeat(30)],
    ['a text of one token more', 'a '.repeat(31)],
    ['a text that is far too long', 'word '.repeat(100_000)],
    ['characters it never saw', '漢字 🙂 \u0000\uFFFF'],
  ] as const) {
    it(`gives ${what} a vector of length 1`, () => {
      const vector = encode(text);
      assert.equal(vector.length, builtInModel.dimensions);
      assert.ok(Math.abs(product(vector, vector) - 1) < 1e-5);
    });
  }

  it('leaves out what is beyond its 254 word pieces', () => {
    const kept = 'word '.repeat(254);
    assert.deepEqual(encode(`${kept}something else entirely`), encode(kept));
    assert.notDeepEqual(encode(kept), encode('word '.repeat(253)));
  });

  it('has the content that its id and its provenance name', async () => {
    const sha256 = async (name: string) =>
      createHash('sha256')
        .update(await readFile(new URL(name, builtInFolder)))
        .digest('hex');
    const provenance = await readFile(new URL('PROVENANCE.md', builtInFolder), 'utf8');
    const model = await sha256('encoder.bin');
    assert.ok(builtInModel.id.includes(`@${model.slice(0, 12)}/`));
    assert.ok(provenance.includes(model));
    assert.ok(provenance.includes(await sha256('vocabulary.txt')));
  });
});
