import { join } from 'node:path';
import { systemClock } from '../../../kernel/index.ts';
import { temporaryTree } from '../../../platform/files/testing.ts';
import { indexStoreConformance, type TestIndexPlace } from './index-store.conformance.ts';
import type { IndexStore } from './index-store.ts';
import { openMemoryIndexStore } from './memory-index-store.ts';
import { openStore, type OpenStoreOptions } from './open-store.ts';
import type { TestContext } from 'node:test';

async function placeOnDisk(t: TestContext, kind: OpenStoreOptions['kind']): Promise<TestIndexPlace> {
  const root = await temporaryTree(t);
  const opened: IndexStore[] = [];
  t.after(() => Promise.all(opened.map((store) => store.close())));
  return {
    async open() {
      const indexFile = join(root, '.cache', 'standards.db');
      const store = await openStore({ kind, indexFile, clock: systemClock, onRebuild: () => undefined });
      opened.push(store);
      return store;
    },
  };
}

indexStoreConformance('SQLite', (t) => placeOnDisk(t, 'sqlite'));
indexStoreConformance('LanceDB', (t) => placeOnDisk(t, 'lancedb'));
indexStoreConformance('memory', async () => {
  // One process is all it serves: whoever opens it twice means the same one.
  const store = openMemoryIndexStore();
  return { open: () => Promise.resolve(store) };
});
