import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../../kernel/index.ts';
import { temporaryTree, type TreeEntry } from '../../../platform/files/testing.ts';
import { openEmbedder } from '../open-embedder.ts';
import { findOnnxModel } from './find-onnx-model.ts';
import { loadOnnxRuntime } from './onnx-runtime.ts';

// Each token's vector is (number, number squared, 1); scripts/embeddings/tiny-onnx.py makes it.
const tiny = await readFile(new URL('./fixtures/tiny.onnx', import.meta.url));
// Numbers from the line: [CLS] is 1, [SEP] is 2.
const vocabulary = '[UNK]\n[CLS]\n[SEP]\nred\ngreen\nquery\n:\npassage\n';

async function opened(
  t: TestContext,
  tree: Record<string, TreeEntry>,
  place: { path: string } | { name: string } = { path: 'model' },
) {
  const root = await temporaryTree(t, tree);
  const settings = {
    model: 'onnx',
    textsPerRequest: 1,
    idleMs: 20_000,
    callTimeoutMs: 60_000,
    ...('path' in place ? { path: path.join(root, place.path) } : place),
  } as const;
  const embedder = await openEmbedder({ settings, env: {}, modelsFolder: root, clock: systemClock });
  t.after(() => embedder!.close());
  return embedder!;
}

const unit = (values: number[]) => {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
};

function assertNear(got: Float32Array, expected: Float32Array): void {
  assert.equal(got.length, expected.length);
  for (const [index, value] of expected.entries()) assert.ok(Math.abs(got[index]! - value) < 1e-6);
}

describe('[A13] a model in ONNX form', () => {
  it('is the mean of its tokens at unit length, and tells its size and revision', async (t) => {
    const embedder = await opened(t, { 'model/model.onnx': tiny, 'model/vocab.txt': vocabulary });
    assert.equal(embedder.dimensions, 3);
    assert.equal(embedder.label, 'model (ONNX)');
    assert.match(embedder.id, /^onnx\/model \(ONNX\)@\d+-\d+\/3\/mean$/);
    const [one, two] = await embedder.embed(['Red', 'red GREEN'], 'passage');
    assertNear(one!, unit([1 + 3 + 2, 1 + 9 + 4, 3]));
    assertNear(two!, unit([1 + 3 + 4 + 2, 1 + 9 + 16 + 4, 4]));
  });

  it('takes the first token where its publisher says so, and its size from its config', async (t) => {
    const embedder = await opened(t, {
      'model/onnx/model.onnx': tiny,
      'model/vocab.txt': vocabulary,
      'model/config.json': '{ "hidden_size": 3 }',
      'model/1_Pooling/config.json': '{ "pooling_mode_cls_token": true }',
    });
    assert.match(embedder.id, /\/3\/first$/);
    const [vector] = await embedder.embed(['red'], 'query');
    assertNear(vector!, unit([1, 1, 1]));
  });

  it('writes before a text what its family asks for', async (t) => {
    const tree = { 'e5-small-v2/model.onnx': tiny, 'e5-small-v2/vocab.txt': vocabulary };
    const embedder = await opened(t, tree, { path: 'e5-small-v2' });
    const [query] = await embedder.embed(['red'], 'query');
    assertNear(query!, unit([1 + 5 + 6 + 3 + 2, 1 + 25 + 36 + 9 + 4, 5]));
    const [passage] = await embedder.embed(['red'], 'passage');
    assertNear(passage!, unit([1 + 7 + 6 + 3 + 2, 1 + 49 + 36 + 9 + 4, 5]));
  });

  it('is of the family that its own place names, whatever the folders above are called', async (t) => {
    const families = {
      'e5-team/bge-small-en/model/model.onnx': '',
      'e5-small-v2/onnx/model.onnx': 'query: ',
      'models--intfloat--e5-small-v2/snapshots/1a2b/onnx/model.onnx': 'query: ',
    };
    for (const [file, query] of Object.entries(families)) {
      const tree = { [file]: tiny, [path.posix.join(path.posix.dirname(file), 'vocab.txt')]: vocabulary };
      const place = path.join(await temporaryTree(t, tree), ...file.split('/'));
      for (const given of [place, path.dirname(place)])
        assert.equal((await findOnnxModel(given, undefined)).model.query, query, given);
    }
  });

  it('reads tokenizer.json, and may be named by its file', async (t) => {
    const vocab = Object.fromEntries(
      vocabulary
        .trim()
        .split('\n')
        .map((token, number) => [token, number]),
    );
    const tokenizer = JSON.stringify({
      model: { type: 'WordPiece', vocab },
      normalizer: { type: 'BertNormalizer', lowercase: true },
    });
    const embedder = await opened(t, { 'own.onnx': tiny, 'tokenizer.json': tokenizer }, { path: 'own.onnx' });
    assert.equal(embedder.label, 'own (ONNX)');
    assertNear((await embedder.embed(['Red'], 'query'))[0]!, unit([6, 14, 3]));
  });

  for (const [what, tree, expected] of [
    [
      'without its model',
      { 'model/vocab.txt': vocabulary },
      { code: 'embeddings.model_missing', message: /no model\.onnx/ },
    ],
    [
      'without its tokenizer',
      { 'model/model.onnx': tiny },
      { code: 'embeddings.model_missing', message: /no tokenizer\.json/ },
    ],
    [
      'that is no model',
      { 'model/model.onnx': 'not a model', 'model/vocab.txt': vocabulary },
      { code: 'embeddings.model_unusable', message: /the runtime cannot read it/ },
    ],
    [
      'with a tokenizer of another kind',
      { 'model/model.onnx': tiny, 'model/tokenizer.json': '{ "model": { "type": "Unigram", "vocab": [] } }' },
      { code: 'embeddings.model_unusable', message: /not of the BERT/ },
    ],
    [
      'whose tokenizer has more words than it',
      { 'model/model.onnx': tiny, 'model/vocab.txt': `${'\n'.repeat(100)}[UNK]\n[CLS]\n[SEP]` },
      { code: 'embeddings.model_unusable', message: /failed on a text/ },
    ],
  ] as const) {
    it(`${what} is refused with the reason`, async (t) => {
      await assert.rejects(opened(t, tree), expected);
    });
  }

  it('that was not pulled yet names the command that pulls it', async (t) => {
    await assert.rejects(opened(t, {}, { name: 'bge-small-en-v1.5' }), {
      code: 'embeddings.model_missing',
      remedy: /troupe models pull bge-small-en-v1\.5/,
    });
  });

  it('without any runtime names the command that installs one', async () => {
    await assert.rejects(loadOnnxRuntime('model (ONNX)', ['onnxruntime-nowhere']), {
      code: 'embeddings.runtime_missing',
      remedy: /npm install onnxruntime-node/,
    });
  });
});
