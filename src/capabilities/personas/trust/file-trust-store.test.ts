import assert from 'node:assert/strict';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import { personaProject } from '../testing.ts';
import { openFileTrustStore } from './file-trust-store.ts';

const key = (projectRoot: string, contentHash = 'a'.repeat(64)) => ({
  projectRoot,
  persona: 'dba',
  contentHash,
});

describe('openFileTrustStore', () => {
  it('trusts exactly one text of one persona in one project, and remembers it', async (t) => {
    const { trust, trustPath } = await personaProject(t);
    assert.equal(await trust.trust(key('/p'), 1_700_000_000_000), true);
    assert.equal(await trust.trust(key('/p'), 1_700_000_000_001), false);
    const record = await openFileTrustStore({ path: trustPath }).read();
    assert.equal(record.isTrusted(key('/p')), true);
    assert.equal(record.isTrusted(key('/q')), false);
    assert.equal(record.isTrusted({ ...key('/p'), persona: 'qa' }), false);
    assert.equal(record.isTrusted(key('/p', 'b'.repeat(64))), false);
    assert.match(await readFile(trustPath, 'utf8'), /"trusted_at": "2023-11-14T22:13:20\.000Z"/);
    if (process.platform !== 'win32') assert.equal((await stat(trustPath)).mode & 0o077, 0);
  });

  it('sees what another process trusted', async (t) => {
    const { trust, trustPath } = await personaProject(t);
    assert.equal((await trust.read()).isTrusted(key('/p')), false);
    await openFileTrustStore({ path: trustPath }).trust(key('/p'), 0);
    assert.equal((await trust.read()).isTrusted(key('/p')), true);
  });

  for (const [what, text] of [
    ['broken', '{"version": 1, "trusted": ['],
    ['of a later version', '{"version": 2, "trusted": []}'],
  ] as const) {
    it(`trusts nothing when the file is ${what}, says so, and does not write over it`, async (t) => {
      const { trust, trustPath, registry, write } = await personaProject(t);
      await mkdir(dirname(trustPath), { recursive: true });
      await writeFile(trustPath, text);
      const record = await trust.read();
      assert.equal(record.isTrusted(key('/p')), false);
      assert.match(record.problem?.message ?? '', /no project persona is trusted/);
      await write('dba.md', '---\ndescription: d\n---\nx');
      assert.equal((await registry.find('dba')).trusted, false);
      assert.equal((await registry.problems()).at(-1)?.path, trustPath);
      await assert.rejects(trust.trust(key('/p'), 0), { code: 'personas.trust_unreadable' });
      assert.equal(await readFile(trustPath, 'utf8'), text);
    });
  }
});
