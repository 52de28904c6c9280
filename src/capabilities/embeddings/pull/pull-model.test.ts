import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../../kernel/index.ts';
import { growTree, temporaryTree } from '../../../platform/files/testing.ts';
import type { KnownModel } from '../catalogue/known-models.ts';
import { startLoopback, type Answer, type Received } from '../testing.ts';
import { pullModel, type PullOptions } from './pull-model.ts';

const content = {
  'model.onnx': Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7) % 251)),
  'vocab.txt': Buffer.from('[UNK]\n[CLS]\n[SEP]\n'),
};

const model: KnownModel = {
  name: 'test-model',
  about: '',
  repository: 'someone/test',
  revision: 'abc',
  dimensions: 3,
  files: Object.entries(content).map(([name, bytes]) => ({
    name,
    path: `files/${name}`,
    sizeBytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })),
};

const fileOf = ({ path: asked }: Received) => content[path.posix.basename(asked) as keyof typeof content];
const whole = (request: Received): Answer => ({ bytes: fileOf(request) });

/** As servers do that can go on in the middle. */
function partial(request: Received): Answer {
  const bytes = fileOf(request);
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers['range'] ?? '')?.[1] ?? -1);
  if (from < 0) return { bytes };
  const range = `bytes ${from}-${bytes.byteLength - 1}/${bytes.byteLength}`;
  return { status: 206, bytes: bytes.subarray(from), headers: { 'content-range': range } };
}

async function setUp(t: TestContext, answer: (request: Received) => Answer) {
  const server = await startLoopback(t, answer);
  const modelsFolder = await temporaryTree(t);
  const pull = (more: Partial<PullOptions> = {}) =>
    pullModel({
      modelsFolder,
      modelsUrl: `${server.url}/`,
      idleTimeoutMs: 5_000,
      clock: systemClock,
      env: {},
      models: [model],
      ...more,
    });
  const folder = path.join(modelsFolder, model.name);
  return { server, pull, folder, modelsFolder };
}

async function assertPulled(folder: string): Promise<void> {
  assert.deepEqual((await readdir(folder)).sort(), Object.keys(content).sort());
  for (const [name, bytes] of Object.entries(content)) {
    assert.ok(bytes.equals(await readFile(path.join(folder, name))), name);
  }
}

describe('[A13] pulling a model', () => {
  it('brings its files from the publisher’s commit and says how far it is', async (t) => {
    const { server, pull, folder } = await setUp(t, whole);
    const heard: number[] = [];
    const { folder: made } = await pull({ onProgress: ({ receivedBytes }) => heard.push(receivedBytes) });
    assert.equal(made, folder);
    await assertPulled(folder);
    assert.deepEqual(
      server.received.map((request) => request.path),
      ['/someone/test/resolve/abc/files/model.onnx', '/someone/test/resolve/abc/files/vocab.txt'],
    );
    assert.deepEqual(
      heard,
      heard.toSorted((one, other) => one - other),
    );
    assert.equal(heard.at(-1), content['model.onnx'].byteLength + content['vocab.txt'].byteLength);
  });

  it('leaves alone what is there, and replaces what is not the known file', async (t) => {
    const { server, pull, folder, modelsFolder } = await setUp(t, whole);
    await pull();
    await pull();
    assert.equal(server.received.length, 2);
    await growTree(modelsFolder, { 'test-model/vocab.txt': Buffer.from('[UNK]\n[CLS]\n[SEP]?') });
    await pull();
    assert.equal(server.received.length, 3);
    await assertPulled(folder);
  });

  it('goes on where it broke off', async (t) => {
    const arrived = Promise.withResolvers<undefined>();
    let cuts = 1;
    const { server, pull, folder } = await setUp(t, (request) =>
      cuts-- > 0
        ? { ...partial(request), cut: { afterBytes: 40_000, when: arrived.promise } }
        : partial(request),
    );
    await assert.rejects(pull({ onProgress: () => arrived.resolve(undefined) }), {
      code: 'embeddings.download_failed',
      message: /model\.onnx could not be downloaded from 127\.0\.0\.1:\d+/,
      retryable: true,
    });
    const part = (await readFile(path.join(folder, 'model.onnx.part'))).byteLength;
    assert.ok(part > 0 && part <= 40_000);
    await pull();
    await assertPulled(folder);
    assert.equal(server.received[1]!.headers['range'], `bytes=${part}-`);
  });

  it('begins again where the server cannot go on', async (t) => {
    const { pull, folder, modelsFolder } = await setUp(t, whole);
    await growTree(modelsFolder, { 'test-model/model.onnx.part': content['model.onnx'].subarray(0, 5_000) });
    await pull();
    await assertPulled(folder);
  });

  it('refuses and removes a file that is not the known one', async (t) => {
    const other = (request: Received) => ({ bytes: Buffer.alloc(fileOf(request).byteLength, 1) });
    const { pull, folder } = await setUp(t, other);
    await assert.rejects(pull(), { code: 'embeddings.wrong_hash', category: 'forbidden' });
    assert.deepEqual(await readdir(folder), []);
  });

  it('refuses what a broken part and a good rest make together', async (t) => {
    const { pull, folder, modelsFolder } = await setUp(t, partial);
    await growTree(modelsFolder, { 'test-model/model.onnx.part': Buffer.alloc(5_000, 9) });
    await assert.rejects(pull(), { code: 'embeddings.wrong_hash' });
    await pull();
    await assertPulled(folder);
  });

  for (const [what, answer] of [
    ['is not there', { status: 404, text: 'not found' }],
    ['is shorter than known', { bytes: Buffer.alloc(10) }],
    ['is longer than known', { bytes: Buffer.alloc(200_000) }],
    [
      'is elsewhere without encryption, and elsewhere again',
      { status: 302, text: '', headers: { location: '/again' } },
    ],
    ['is behind another protocol', { status: 302, text: '', headers: { location: 'file:///etc/passwd' } }],
  ] as const) {
    it(`fails cleanly when the file ${what}`, async (t) => {
      const { pull, folder } = await setUp(t, () => answer);
      await assert.rejects(pull(), { code: /^embeddings\.(download_failed|wrong_hash)$/ });
      assert.ok(!(await readdir(folder)).includes('model.onnx'));
    });
  }

  it('follows redirects to where the publisher keeps large files', async (t) => {
    const { pull, folder } = await setUp(t, (request) =>
      request.path.startsWith('/store/')
        ? whole(request)
        : { status: 302, text: '', headers: { location: `/store/${path.posix.basename(request.path)}` } },
    );
    await pull();
    await assertPulled(folder);
  });

  it('stops when it is told to, with the reason', async (t) => {
    const leaving = new AbortController();
    const { pull } = await setUp(t, (request) => {
      leaving.abort(new Error('enough'));
      return whole(request);
    });
    await assert.rejects(pull({ signal: leaving.signal }), /enough/);
  });

  it('knows its models by name only', async (t) => {
    const { pull, server } = await setUp(t, whole);
    await assert.rejects(pull({ name: 'gpt-9' }), {
      code: 'embeddings.unknown_model',
      message: /no model "gpt-9" to pull; there are test-model/,
    });
    assert.equal(server.received.length, 0);
  });
});
