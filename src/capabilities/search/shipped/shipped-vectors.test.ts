import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { shippedStandardsFolders } from '../../standards/index.ts';
import { openTestProject } from '../testing.ts';
import { packVectors, unpackVectors } from './packed-vectors.ts';
import { shippedPassages } from './shipped-passages.ts';
import { shippedVectors, shippedVectorsFile } from './shipped-vectors.ts';

/** The model of the packed file, as its first line names it. */
async function packedModel(): Promise<{ id: string; dimensions: number }> {
  const packed = await readFile(shippedVectorsFile, 'utf8');
  const { model, dimensions } = JSON.parse(packed.slice(0, packed.indexOf('\n'))) as {
    model: string;
    dimensions: number;
  };
  return { id: model, dimensions };
}

describe('vectors that ship', () => {
  it('[A13] are there for every passage of the standards that ship (`npm run shipped-vectors` after a change)', async () => {
    const passages = [...(await shippedPassages()).keys()];
    const found = await shippedVectors(await packedModel(), passages);
    assert.equal(passages.length - found.length, 0, 'passages without a vector');
    for (const { vector } of found) {
      const length = Math.hypot(...vector);
      assert.ok(length > 0.98 && length < 1.02);
    }
  });

  it('[A13] serve the first answer of a new index, though nothing was embedded', async (t) => {
    const universal = shippedStandardsFolders().universal;
    const name = 'architecture/error-responses.md';
    const shipped = { [name]: await readFile(path.join(universal, name), 'utf8') };
    const { open } = await openTestProject(t, {}, { shipped });
    const { id, dimensions } = await packedModel();
    const isQuestion = new Float32Array(dimensions).fill(1 / Math.sqrt(dimensions));
    const index = await open({
      embedder: {
        id,
        label: 'the packed one',
        dimensions,
        embed: (_texts, kind) =>
          kind === 'query' ? Promise.resolve([isQuestion]) : Promise.reject(new Error('there is no need')),
        close: () => Promise.resolve(),
      },
    });
    const { method, methodNote } = await index.search('How do endpoints report errors?', { limit: 3 });
    assert.deepEqual([method, methodNote], ['hybrid', null]);
  });

  it('are left alone by every other model', async () => {
    const passages = [...(await shippedPassages()).keys()];
    const { id, dimensions } = await packedModel();
    assert.deepEqual(await shippedVectors({ id: `${id}-next`, dimensions }, passages), []);
    assert.deepEqual(await shippedVectors({ id: 'ollama/other', dimensions }, passages), []);
  });

  it('are unpacked as they were packed, to a part in 254', () => {
    const vectors = fc.uniqueArray(
      fc.record({
        passage: fc.stringMatching(/^[0-9a-f]{32}$/),
        numbers: fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
      }),
      { selector: ({ passage }) => passage, maxLength: 5 },
    );
    fc.assert(
      fc.property(vectors, (given) => {
        const model = { id: 'built-in/test@1', dimensions: 8 };
        const packed = packVectors(
          model,
          given.map(({ passage, numbers }) => ({ passage, vector: Float32Array.from(numbers) })),
        );
        const unpacked = unpackVectors(Buffer.from(packed), model);
        assert.equal(unpacked.size, given.length);
        for (const { passage, numbers } of given) {
          const step = Math.max(...numbers.map(Math.abs)) / 127;
          numbers.forEach((value, at) => assert.ok(Math.abs(unpacked.get(passage)![at]! - value) <= step));
        }
      }),
    );
  });
});
