import assert from 'node:assert/strict';
import type { BigIntStats } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { it, type TestContext } from 'node:test';
import { personaProject, personaText } from './testing.ts';
import { openFileTrustStore } from './trust/file-trust-store.ts';

const coarse = (ns: bigint) => ns - (ns % 2_000_000_000n);

/** From now on files have the times of a file system that counts in two seconds and gives its numbers again. */
function countInTwoSeconds(t: TestContext): void {
  const { stat } = fs;
  t.mock.method(fs, 'stat', async (place: string, options: { bigint: true }) => {
    const facts: BigIntStats = await stat(place, options);
    if (options === undefined) return facts;
    return Object.assign(facts, { mtimeNs: coarse(facts.mtimeNs), ctimeNs: coarse(facts.ctimeNs), ino: 1n });
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
}

it('a persona written twice within one tick of the file system, in the same size, is seen as it is', async (t) => {
  const { registry, write } = await personaProject(t);
  countInTwoSeconds(t);
  for (let round = 0; round < 10; round += 1) {
    for (const word of ['One.', 'Two.']) {
      await write('dba.md', personaText(`description: ${word}`));
      assert.equal((await registry.find('dba')).description, word);
    }
  }
});

it('trust that is moved to another text within one tick of the file system holds for that text alone', async (t) => {
  const { trust, trustPath } = await personaProject(t);
  countInTwoSeconds(t);
  const texts = ['a', 'b'].map((digit) => digit.repeat(64));
  const persona = { projectRoot: '/p', persona: 'dba' };
  for (let round = 0; round < 10; round += 1) {
    for (const contentHash of texts) {
      const other = openFileTrustStore({ path: trustPath });
      await other.distrust(persona);
      await other.trust({ ...persona, contentHash }, 0);
      const record = await trust.read();
      assert.deepEqual(
        texts.filter((one) => record.isTrusted({ ...persona, contentHash: one })),
        [contentHash],
      );
    }
  }
});
