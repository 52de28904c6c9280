import { quantise } from '../vectors/quantised.ts';
import { VectorScan } from '../vectors/vector-scan.ts';
import type { IndexStore, StoredStandard, VectorModel } from './index-store.ts';

/** Keeps the index in this process only: for folders that cannot be written, and while the file is unusable. */
export function openMemoryIndexStore(): IndexStore {
  let generation = 0;
  const standards = new Map<string, { generation: number; stored: StoredStandard | undefined }>();
  const models = new Map<string, VectorScan>();
  const scanOf = ({ id, dimensions }: VectorModel) => {
    const scan = models.get(id) ?? new VectorScan(dimensions);
    models.set(id, scan);
    return scan;
  };
  return {
    kind: 'memory',
    changeMarker: () => Promise.resolve(String(generation)),
    async changesSince(since) {
      const changed = [...standards].filter(([, row]) => row.generation > since);
      return {
        generation,
        put: changed.flatMap(([, { stored }]) => (stored === undefined ? [] : [stored])),
        removed: changed.flatMap(([id, { stored }]) => (stored === undefined ? [id] : [])),
      };
    },
    async write({ put, removed }) {
      generation += 1;
      for (const stored of put) standards.set(stored.record.id, { generation, stored });
      for (const id of removed) standards.set(id, { generation, stored: undefined });
    },
    withoutVector: async (model, passages) => passages.filter((passage) => !scanOf(model).has(passage)),
    async putVectors(model, vectors) {
      for (const { passage, vector } of vectors) scanOf(model).set(passage, quantise(vector));
      generation += 1;
    },
    countVectors: async (model) => scanOf(model).size,
    async keepVectors(model, passages) {
      for (const id of models.keys()) if (id !== model.id) models.delete(id);
      for (const passage of scanOf(model).passages())
        if (!passages.has(passage)) scanOf(model).delete(passage);
    },
    nearest: async (model, question, limit) => scanOf(model).nearest(question, limit),
    similarities: async (model, question, passages) => scanOf(model).similarities(question, passages),
    sizeBytes: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  };
}
